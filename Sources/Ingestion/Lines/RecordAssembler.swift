import Model

/// Puts records together that their printer has spread over several lines: `journalctl -o export`, and JSON with one
/// member a line (`journalctl -o json-pretty`, `jq`).
struct RecordAssembler: Sendable {
  /// What becomes of a line.
  enum Outcome {
    /// It is no part of such a record.
    case passed
    /// It is, and the record goes on.
    case held
    /// A JSON object is complete, or broke off; it is now one line.
    case object([UInt8], number: Int)
    /// A journal entry is complete.
    case entry(JournalEntry)
  }

  private enum State {
    case idle
    case object([UInt8], depth: Int, lines: Int, number: Int)
    case entry(JournalEntry)
  }

  private static let mostLines = 500
  private static let longest = 256 * 1024

  private var state = State.idle

  /// Whether no record is open.
  var isIdle: Bool { if case .idle = state { true } else { false } }

  /// The record that is open and that `line` does not belong to, if any.
  mutating func released(by line: Range<Int>, _ bytes: Span<UInt8>) -> Outcome {
    switch state {
    case .idle: return .passed
    case .object(let text, _, let lines, let number):
      guard !Self.mayBeMember(bytes, line) || lines >= Self.mostLines || text.count > Self.longest else {
        return .passed
      }
      state = .idle
      return .object(text, number: number)
    case .entry(let entry):
      guard !line.isEmpty, JournalEntry.field(bytes, line) == nil else { return .passed }
      state = .idle
      return .entry(entry)
    }
  }

  /// Takes in a line to which `released(by:_:)` has made way.
  mutating func take(_ bytes: Span<UInt8>, _ line: Range<Int>, number: Int) -> Outcome {
    switch state {
    case .idle: return begin(bytes, line, number: number)
    case .object(var text, let depth, let lines, let first):
      let trimmed = Self.trimmed(bytes, line)
      if text.count > 1 { text.append(.blank) }
      bytes.append(trimmed, to: &text)
      let next = depth + Self.change(bytes, trimmed)
      guard next > 0 else {
        state = .idle
        if text.last == UInt8(ascii: ",") { text.removeLast() }
        return .object(text, number: first)
      }
      state = .object(text, depth: next, lines: lines + 1, number: first)
      return .held
    case .entry(var entry):
      guard !line.isEmpty else {
        state = .idle
        return .entry(entry)
      }
      entry.take(bytes, line, number: number)
      state = .entry(entry)
      return .held
    }
  }

  /// What is open at the end of the input.
  mutating func finish() -> Outcome {
    defer { state = .idle }
    switch state {
    case .idle: return .passed
    case .object(let text, _, _, let number): return .object(text, number: number)
    case .entry(let entry): return .entry(entry)
    }
  }

  private mutating func begin(_ bytes: Span<UInt8>, _ line: Range<Int>, number: Int) -> Outcome {
    guard let first = line.first else { return .passed }
    if bytes[first] == UInt8(ascii: "_"), JournalEntry.begins(bytes, line) {
      var entry = JournalEntry()
      entry.take(bytes, line, number: number)
      state = .entry(entry)
      return .held
    }
    guard bytes[first] == UInt8(ascii: "{") || bytes[first] == .blank else { return .passed }
    let trimmed = Self.trimmed(bytes, line)
    guard trimmed.count == 1, bytes[trimmed.lowerBound] == UInt8(ascii: "{") else { return .passed }
    state = .object([UInt8(ascii: "{")], depth: 1, lines: 1, number: number)
    return .held
  }

  // MARK: - Members of objects

  private static func trimmed(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Range<Int> {
    var (start, end) = (line.lowerBound, line.upperBound)
    while start < end, bytes[start] == .blank || bytes[start] == .tab { start += 1 }
    while end > start, bytes[end - 1] == .blank || bytes[end - 1] == .tab { end -= 1 }
    return start..<end
  }

  /// Whether a line can stand inside an object with one member a line.
  private static func mayBeMember(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Bool {
    let trimmed = trimmed(bytes, line)
    guard let first = trimmed.first else { return false }
    switch bytes[first] {
    case .quote, UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"): return true
    case let byte where byte.isDigit || byte == UInt8(ascii: "-"):
      // A number in an array, but not the date of a record.
      return !LineShape.beginsWithDate(bytes, trimmed.lowerBound, trimmed.upperBound)
    default:
      return bytes.has("true", at: first, end: trimmed.upperBound)
        || bytes.has("false", at: first, end: trimmed.upperBound)
        || bytes.has("null", at: first, end: trimmed.upperBound)
    }
  }

  /// By how much a line goes deeper into nested values.
  private static func change(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Int {
    guard let first = line.first, var last = line.last else { return 0 }
    if bytes[last] == UInt8(ascii: ","), last > first { last -= 1 }
    let closes = bytes[first] == UInt8(ascii: "}") || bytes[first] == UInt8(ascii: "]")
    let opens = bytes[last] == UInt8(ascii: "{") || bytes[last] == UInt8(ascii: "[")
    return (opens ? 1 : 0) - (closes ? 1 : 0)
  }
}

/// One entry of `journalctl -o export`, whose fields stand one a line and end with an empty line.
///
/// From systemd's "Journal Export Format". Values that are no text are written in binary and are left out.
struct JournalEntry: Sendable {
  private(set) var message: [UInt8]?
  private(set) var host: [UInt8] = []
  private(set) var identifier: [UInt8] = []
  private(set) var microseconds: Int64?
  /// The line of the message, or of the entry's beginning.
  private(set) var number = 0

  /// Whether an entry begins with this line.
  static func begins(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Bool {
    bytes.has("__CURSOR=", at: line.lowerBound, end: line.upperBound)
      || bytes.has("__REALTIME_TIMESTAMP=", at: line.lowerBound, end: line.upperBound)
  }

  /// The name of the field that a line holds; nil if it holds none.
  static func field(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Range<Int>? {
    var end = line.lowerBound
    while end < line.upperBound, end - line.lowerBound <= 64 {
      let byte = bytes[end]
      if byte == UInt8(ascii: "=") { return end > line.lowerBound ? line.lowerBound..<end : nil }
      guard byte &- 0x41 < 26 || byte.isDigit || byte == UInt8(ascii: "_") else { return nil }
      end += 1
    }
    return nil
  }

  mutating func take(_ bytes: Span<UInt8>, _ line: Range<Int>, number: Int) {
    if self.number == 0 { self.number = number }
    guard let name = Self.field(bytes, line) else { return }
    let value = name.upperBound + 1..<line.upperBound
    if bytes.equal(name, "MESSAGE") {
      message = Self.copy(bytes, value)
      self.number = number
    } else if bytes.equal(name, "_HOSTNAME") {
      host = Self.copy(bytes, value)
    } else if bytes.equal(name, "SYSLOG_IDENTIFIER") || identifier.isEmpty && bytes.equal(name, "_COMM") {
      identifier = Self.copy(bytes, value)
    } else if bytes.equal(name, "__REALTIME_TIMESTAMP") {
      var cursor = LineCursor(at: value.lowerBound, end: value.upperBound)
      microseconds = cursor.number(upTo: 18, bytes).map { Int64($0) }
    }
  }

  /// The entry as bytes and what stands where in them; nil without a message.
  var recognition: (bytes: [UInt8], found: Recognition)? {
    guard let message else { return nil }
    let bytes = host + identifier + message
    var found = Recognition(framing: .journaldExport, payload: host.count + identifier.count..<bytes.count)
    found.identifier = host.count..<host.count + identifier.count
    if HostPrefix.isHost(bytes.span, 0..<host.count) {
      found.nameKind = .host
      found.name = 0..<host.count
    }
    found.outer = microseconds.map { Stamp(milliseconds: $0 / 1000, zoneOffset: 0) }
    return (bytes, found)
  }

  private static func copy(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    bytes.append(range, to: &result)
    return result
  }
}
