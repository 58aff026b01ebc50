/// Lines that a terminal has broken at its width before they were copied, put together again.
///
/// A line that fills the width exactly goes on in the next one, unless a record begins there. The width is believed
/// only where several of the first lines have it, none is longer, and what follows them does not begin a record.
struct WrappedLines: Sendable {
  /// Narrower terminals would break nearly every line.
  private static let narrowest = 60
  private static let widest = 512

  /// The width in characters; 0 where lines are whole.
  private(set) var width = 0
  /// The beginning of the line that goes on, and its number.
  private var open: [UInt8]?
  private var number = 0

  /// Whether a line waits for what follows.
  var isOpen: Bool { open != nil }

  /// Looks at the first lines for a width at which they are broken; `isFramed` says which of them have a prefix.
  mutating func look(_ bytes: Span<UInt8>, at lines: [Range<Int>], isFramed: [Bool]) {
    let lengths = lines.map { Self.characters(bytes, $0) }
    guard let longest = lengths.max(), (Self.narrowest...Self.widest).contains(longest) else { return }
    var goingOn = 0
    var complete = 0
    for index in lines.indices.dropLast() where lengths[index] == longest {
      if isFramed[index + 1] || Self.beginAlike(bytes, lines[index], lines[index + 1]) {
        complete += 1
        continue
      }
      switch Self.beginning(bytes, lines[index + 1]) {
      case .record: complete += 1
      case .indented: break
      case .rest: goingOn += 1
      }
    }
    width = goingOn >= 3 && goingOn > complete * 4 ? longest : 0
  }

  /// Whether the lines were cut off at their width instead: a pager marks that with `>`.
  static func cutWidth(_ bytes: Span<UInt8>, _ lines: [Range<Int>]) -> Int? {
    let lengths = lines.map { characters(bytes, $0) }
    guard let longest = lengths.max(), longest >= narrowest else { return nil }
    let full = lines.indices.filter { lengths[$0] == longest }
    let cut = full.count { lines[$0].last.map { bytes[$0] == UInt8(ascii: ">") } ?? false }
    return cut >= 3 && cut * 10 >= full.count * 9 ? longest : nil
  }

  /// What becomes of a line.
  enum Outcome {
    /// It is whole.
    case whole
    /// It waits for what follows.
    case held
    /// It completes the line that was waiting.
    case completed([UInt8], number: Int)
  }

  /// The line that waits and that `line` does not belong to, or nil.
  mutating func released(
    by line: Range<Int>,
    _ bytes: Span<UInt8>,
    isFramed: Bool
  ) -> ([UInt8], number: Int)? {
    guard open != nil, isFramed || Self.beginning(bytes, line) == .record else { return nil }
    return finish()
  }

  /// Takes in a line to which `released(by:_:)` has made way.
  mutating func take(_ bytes: Span<UInt8>, _ line: Range<Int>, number: Int) -> Outcome {
    guard width > 0 else { return .whole }
    let isFull = Self.characters(bytes, line) == width
    guard var joined = open else {
      guard isFull else { return .whole }
      self.number = number
      var beginning: [UInt8] = []
      bytes.append(line, to: &beginning)
      open = beginning
      return .held
    }
    bytes.append(line, to: &joined)
    open = joined
    if isFull, joined.count < LineBuffer.longestLine { return .held }
    open = nil
    return .completed(joined, number: self.number)
  }

  /// The line that still waits at the end of the input.
  mutating func finish() -> ([UInt8], number: Int)? {
    guard let rest = open else { return nil }
    open = nil
    return (rest, number)
  }

  private enum Beginning {
    case record
    /// A traceback or a listing, which may or may not be the rest of a line.
    case indented
    case rest
  }

  private static func beginning(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Beginning {
    guard let first = line.first else { return .record }
    if bytes[first] == .blank || bytes[first] == .tab { return .indented }
    let isBracketed = bytes[first] == UInt8(ascii: "[")
    let mark = line.count > 1 ? bytes[first + 1] : 0
    let isPlainBracket = isBracketed && !mark.isDigit && mark &- 0x41 >= 26
    if !isPlainBracket, LineShape.looksLikeRecord(bytes, line.lowerBound, line.upperBound) { return .record }
    var cursor = LineCursor(at: line.lowerBound, end: line.upperBound)
    if MonthNames.month(bytes, cursor.word(bytes)) != nil { return .record }
    return bytes.has("Traceback (most", at: line.lowerBound, end: line.upperBound) ? .record : .rest
  }

  /// Records of one program often begin with the same letters; the pieces of a broken line hardly do.
  private static func beginAlike(_ bytes: Span<UInt8>, _ first: Range<Int>, _ second: Range<Int>) -> Bool {
    guard first.count >= 3, second.count >= 3 else { return false }
    for offset in 0..<3 where bytes[first.lowerBound + offset] != bytes[second.lowerBound + offset] { return false }
    return true
  }

  /// Characters, not bytes: a terminal counts columns.
  private static func characters(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Int {
    var count = 0
    for position in line where bytes[position] & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
