import Model

/// What a log file's name says: which log it is a piece of, which piece, and what to call its lines.
struct LogFileName: Hashable {
  /// Which piece of a rotated log the file is.
  enum Piece: Hashable {
    /// The file that is still written to, or one that is never rotated.
    case current
    /// `.1`, `.2` …: the higher, the older.
    case generation(Int)
    /// Digits of a date and time: the higher, the newer.
    case dated(String)
    /// `-Mon`: only the lines inside tell the order.
    case weekday
    /// `0.log`, `1.log` of a container that was restarted: the higher, the newer.
    case instance(Int)
  }

  /// The folder as given, without a trailing slash; empty for the working directory.
  var folder: String
  /// The name without compression, rotation, date and extension: `postgresql`.
  var stem: String
  /// `log`, `csv` …; empty if there is none.
  var suffix: String
  var piece: Piece

  /// Takes apart the last part of `path`.
  init(path: String) {
    var parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    var name = parts.popLast() ?? path
    folder = (path.hasPrefix("/") ? "/" : "") + parts.list(separator: "/")
    for ending in [".gz", ".zst", ".zstd"] where name.hasSuffix(ending) { name.removeLast(ending.count) }
    piece = .current
    Self.takeRotation(&name, &piece)
    suffix = Self.takeExtension(&name)
    if piece == .current { Self.takeDate(&name, &piece) }
    stem = name
    takeInstance()
  }

  /// Pieces of one log have the same key.
  var key: String { "\(folder)/\(stem).\(suffix)\(isInstance ? "#" : "")" }

  /// The name of the folder that holds the file; empty if the path has none.
  var folderName: String {
    folder.split(separator: "/").last.map(String.init) ?? ""
  }

  private var isInstance: Bool {
    if case .instance = piece { true } else { false }
  }

  /// The kubelet keeps `/var/log/pods/<namespace>_<pod>_<uid>/<container>/<n>.log`.
  var podAndContainer: (pod: String, container: String)? {
    let folders = folder.split(separator: "/")
    guard folders.count >= 2, stem.isEmpty || stem.utf8.allSatisfy(\.isDigit) else { return nil }
    let names = folders[folders.count - 2].split(separator: "_")
    guard names.count == 3 else { return nil }
    return (String(names[1]), String(folders[folders.count - 1]))
  }

  private mutating func takeInstance() {
    guard podAndContainer != nil, let number = Int(stem) else { return }
    piece = .instance(number)
    stem = ""
  }
}

// MARK: - Parts of a name

extension LogFileName {
  private static func takeExtension(_ name: inout String) -> String {
    for ending in ["log", "txt", "csv", "json", "jsonl", "ndjson", "out", "err"] where name.hasSuffix("." + ending) {
      guard name.utf8.count > ending.utf8.count + 1 else { continue }
      name.removeLast(ending.count + 1)
      return ending
    }
    return ""
  }

  /// `.1`, `.old`, `-20261123` or `.2026-11-23` behind the extension.
  private static func takeRotation(_ name: inout String, _ piece: inout Piece) {
    if name.hasSuffix(".old") {
      name.removeLast(4)
      piece = .generation(1)
      return
    }
    let bytes = Array(name.utf8)
    guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")), dot > 0, dot + 1 < bytes.count else { return }
    let last = bytes[(dot + 1)...]
    if last.count <= 4, last.allSatisfy(\.isDigit), let number = Int(text(last)) {
      name = text(bytes[..<dot])
      piece = .generation(number)
      return
    }
    // `app.log-20261123` and `app.log.2026-11-23`, but not `app-20261123.log`, whose extension hides the date.
    takeDate(&name, &piece, endingWith: true)
  }

  /// Cuts a date with what follows it: `-2026-11-23_000000`, `.20261123`, or a weekday `-Mon`.
  private static func takeDate(_ name: inout String, _ piece: inout Piece, endingWith isBehindExtension: Bool = false) {
    let bytes = Array(name.utf8)
    for start in bytes.indices {
      guard start == 0 || !bytes[start - 1].isDigit, isDate(bytes, start) else { continue }
      guard bytes[start...].allSatisfy({ $0.isDigit || dateMarks.contains($0) }) else { continue }
      var end = start
      while end > 0, dateMarks.contains(bytes[end - 1]) { end -= 1 }
      guard end > 0 || !isBehindExtension else { return }
      name = text(bytes[..<end])
      piece = .dated(text(bytes[start...].filter(\.isDigit)))
      return
    }
    guard !isBehindExtension, bytes.count > 4, bytes[bytes.count - 4] == UInt8(ascii: "-") else { return }
    let day = text(bytes[(bytes.count - 3)...])
    guard ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(day) else { return }
    name = text(bytes[..<(bytes.count - 4)])
    piece = .weekday
  }

  private static let dateMarks: [UInt8] = Array("-_.:T+Z".utf8)

  /// Whether `YYYYMMDD` or `YYYY-MM-DD` of this or the last century begins at `start`.
  private static func isDate(_ bytes: [UInt8], _ start: Int) -> Bool {
    let digits = bytes[start...].prefix(8)
    if digits.count == 8, digits.allSatisfy(\.isDigit) { return isDay(Int(text(digits)) ?? 0) }
    let dashed = bytes[start...].prefix(10)
    guard dashed.count == 10, dashed[start + 4] == UInt8(ascii: "-"), dashed[start + 7] == UInt8(ascii: "-") else {
      return false
    }
    let numbers = dashed.filter(\.isDigit)
    return numbers.count == 8 && isDay(Int(text(numbers[...])) ?? 0)
  }

  private static func isDay(_ number: Int) -> Bool {
    (1980...2099).contains(number / 10_000) && (1...12).contains(number / 100 % 100) && (1...31).contains(number % 100)
  }

  private static func text(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: Array(bytes), as: UTF8.self)
  }
}
