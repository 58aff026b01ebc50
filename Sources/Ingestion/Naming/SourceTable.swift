package import Model

/// The sources and programs met so far, shared by all inputs of a run, and the count of lines.
///
/// A name in a prefix is one source wherever it occurs, so that the pieces of a log that somebody cut by hand, or two
/// captures of one cluster, join up.
package struct SourceTable: Sendable {
  /// The streams of lines, in the order in which they were met.
  package private(set) var sources: [Source] = []
  /// The syslog identifiers and file-name hints, in the order in which they were met.
  package private(set) var programs: [String] = []
  /// Position that the next line will have among all lines of all inputs.
  package internal(set) var nextArrival = 0

  /// Hostile input may invent names without end; what comes after these goes to the input's own source.
  private static let limit = 4096

  private var named = ByteTable(limit: limit)
  private var programIndex = ByteTable(limit: limit)

  package init() {}

  /// The source that a prefix names; nil if the table is full.
  mutating func source(
    _ bytes: Span<UInt8>,
    _ found: Recognition,
    _ input: InputIdentity
  ) -> SourceID? {
    if let index = named.value(bytes, found.name, kind: found.nameKind.rawValue) { return SourceID(index) }
    guard !named.isFull else { return nil }
    named.set(sources.count, bytes, found.name, kind: found.nameKind.rawValue)
    let name = name(bytes.text(found.name), found.nameKind)
    sources.append(
      Source(name: name, path: input.path, input: input.index, framing: found.framing, isNamedByPrefix: true)
    )
    return SourceID(sources.count - 1)
  }

  /// The source of the lines below a heading that names `node`; nil if the table is full.
  ///
  /// It is the same one that a prefix with the name of this host would name.
  mutating func section(_ node: String, of input: InputIdentity) -> SourceID? {
    let bytes = Array(node.utf8)
    let found = Recognition(framing: .plain, nameKind: .host, name: 0..<bytes.count, payload: 0..<0)
    return source(bytes.span, found, input)
  }

  /// Adds the source of an input's lines that no prefix names.
  mutating func addSource(of input: InputIdentity, framing: Framing) -> SourceID {
    sources.append(
      Source(name: input.name, path: input.path, input: input.index, framing: framing, isNamedByPrefix: false)
    )
    return SourceID(sources.count - 1)
  }

  /// Notes that a source first taken as plain has a framing after all.
  mutating func setFraming(_ framing: Framing, of source: SourceID) {
    guard sources.indices.contains(source.index), sources[source.index].framing == .plain else { return }
    sources[source.index].framing = framing
  }

  /// Index of the program that the identifier in `range` names; -1 if there is none or the table is full.
  mutating func program(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int32 {
    guard !range.isEmpty else { return -1 }
    if let index = programIndex.value(bytes, range, kind: 0) { return Int32(truncatingIfNeeded: index) }
    guard !programIndex.isFull else { return -1 }
    let index = programIndexOf(Self.programName(bytes.text(range)))
    programIndex.set(index, bytes, range, kind: 0)
    return Int32(truncatingIfNeeded: index)
  }

  /// Index of a program that a file's name hints at.
  mutating func program(_ name: String) -> Int32 {
    Int32(truncatingIfNeeded: programIndexOf(name))
  }

  private mutating func programIndexOf(_ name: String) -> Int {
    if let index = programs.firstIndex(of: name) { return index }
    programs.append(name)
    return programs.count - 1
  }

  /// `patroni.service` and `postgresql@15-main` are the programs patroni and postgresql.
  private static func programName(_ identifier: String) -> String {
    var name = Substring(identifier)
    if let at = name.firstIndex(of: "@"), at > name.startIndex { name = name[..<at] }
    if name.hasSuffix(".service") { name = name.dropLast(8) }
    return String(name)
  }

  private func name(_ printed: String, _ kind: Recognition.NameKind) -> String {
    switch kind {
    case .none, .container, .host: return printed
    case .path: return SourceName(file: LogFileName(path: printed), isFolderTelling: true).name
    case .pod:
      // Two pods of one deployment must not become one source's name.
      let name = PodName.source(prefix: printed)
      let isTaken = sources.contains { $0.isNamedByPrefix && $0.name == name }
      return isTaken ? PodName.pod(prefix: printed) : name
    }
  }
}

/// What is known of an input before its lines are read.
package struct InputIdentity: Hashable, Sendable {
  /// The input as given on the command line; `-` for standard input.
  package var path: String
  /// The index of the input in reading order; the pieces of a rotated log are one input.
  package var index: Int
  /// What to call the lines that no prefix names.
  package var name: String
  /// The program that the file's name hints at.
  package var program: String?

  package init(path: String, index: Int, name: String, program: String? = nil) {
    self.path = path
    self.index = index
    self.name = name
    self.program = program
  }

  /// Standard input, whose lines are called `stdin` where they do not say.
  package static let standardInput = InputIdentity(path: "-", index: 0, name: "stdin")
}
