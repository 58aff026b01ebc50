/// What to call the lines of an input, and which program its name hints at.
struct SourceName: Hashable {
  var name: String
  /// The program that the file's name speaks of, for lines that do not say it themselves; nil if it says nothing.
  var program: String?

  /// Names a file by its stem, by its node where the stem only names a program (`pg1/patroni.log`).
  ///
  /// `isFolderTelling` says that the folder tells this log from the others that are read.
  init(file: LogFileName, isFolderTelling: Bool) {
    if let (pod, container) = file.podAndContainer {
      self.init(name: PodName.source(pod: pod, container: container), program: nil)
      return
    }
    if let container = Self.container(of: file) {
      self.init(name: container, program: nil)
      return
    }
    let words = Self.words(file.stem)
    if let node = Self.node(file.stem, words) {
      self.init(name: node.name, program: node.program)
      return
    }
    let program = Self.program(file)
    let folder = file.folderName
    if isFolderTelling, Self.isGeneric(file.stem), let node = Self.nodeFolder(file) {
      self.init(name: node, program: program.isEmpty ? nil : program)
    } else {
      let name = file.stem.isEmpty ? (folder.isEmpty ? "log" : folder) : file.stem
      self.init(name: name, program: program.isEmpty ? nil : program)
    }
  }

  /// Whether a stem or a folder's name says what runs, or that there are logs, but not where.
  static func isGeneric(_ name: String) -> Bool {
    let lowercased = name.lowercased()
    if genericNames.contains(lowercased) { return true }
    // Debian names a server's log after its version and cluster: `postgresql-17-main`.
    guard let first = words(lowercased).first, lowercased.hasSuffix("-main") else { return false }
    return genericNames.contains(String(first))
  }

  init(name: String, program: String?) {
    self.name = name
    self.program = program
  }

  private static let genericNames: Set<String> = [
    "", "patroni", "postgresql", "postgres", "pgbouncer", "haproxy", "etcd", "monitor", "repmgrd", "current", "syslog",
    "messages", "daemon", "journal", "journald", "log", "logs", "pg_log", "pg_logs", "pglog", "main", "console",
    "stdout",
    "stderr", "output", "server", "var", "tmp", "data", "pgdata", "home", "gitlab", ".", "..",
  ]

  /// Programs whose name in a stem stands beside the name of the node: `pg1-patroni.log`, `patroni_pg1.log`.
  private static let nodePrograms: Set<String> = ["patroni", "postgresql", "postgres", "repmgrd"]

  /// The folder that names a node: the file's own, or the one around it (`pg1/patroni/current`).
  private static func nodeFolder(_ file: LogFileName) -> String? {
    file.folder.split(separator: "/").suffix(2).last { !isGeneric(String($0)) }.map(String.init)
  }

  /// What the stem says, or the folder where runit keeps the log of one program.
  private static func program(_ file: LogFileName) -> String {
    file.stem == "current" && nodePrograms.contains(file.folderName.lowercased())
      ? file.folderName.lowercased() : program(file.stem)
  }

  /// The stem without the digits and marks at its end: `pgbouncer-1` is a pgbouncer.
  private static func program(_ stem: String) -> String {
    var bytes = Array(stem.utf8)
    while let last = bytes.last, last.isDigit || [0x2D, 0x2E, 0x5F].contains(last) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func words(_ stem: String) -> [Substring] {
    stem.split(whereSeparator: { $0 == "-" || $0 == "_" || $0 == "." })
  }

  /// Parts a stem such as `pg1-patroni` into node and program.
  private static func node(_ stem: String, _ words: [Substring]) -> (name: String, program: String)? {
    guard words.count >= 2, let first = words.first, let last = words.last else { return nil }
    if nodePrograms.contains(last.lowercased()) {
      return node(String(stem.dropLast(last.count + 1)), program: last.lowercased())
    }
    // Debian's `postgresql-17-main` names no node.
    guard nodePrograms.contains(first.lowercased()), words[1].first?.isNumber != true else { return nil }
    return node(String(stem.dropFirst(first.count + 1)), program: first.lowercased())
  }

  private static func node(_ name: String, program: String) -> (name: String, program: String)? {
    genericNames.contains(name.lowercased()) ? nil : (name, program)
  }

  /// Docker's `<id>-json.log` and the kubelet's `<pod>_<namespace>_<container>-<id>.log`.
  private static func container(of file: LogFileName) -> String? {
    let parts = file.stem.split(separator: "-")
    if parts.count == 2, parts[1] == "json", isContainerID(parts[0]) { return String(parts[0].prefix(12)) }
    let names = file.stem.split(separator: "_")
    guard names.count == 3, let dash = names[2].lastIndex(of: "-") else { return nil }
    guard isContainerID(names[2][names[2].index(after: dash)...]) else { return nil }
    return PodName.source(pod: String(names[0]), container: String(names[2][..<dash]))
  }

  private static func isContainerID(_ text: Substring) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { $0.hexDigit != nil }
  }
}
