/// Removes what a terminal would swallow: colours and other escape sequences, and NULs.
///
/// Sequences as in ECMA-48: `ESC [ … final`, `ESC ] … BEL` or `ESC ] … ESC \`, `ESC ( B`, and `ESC` with one byte.
enum EscapeSequences {
  /// Compacts `bytes[start..<end]` in place and returns the new end.
  static func strip(_ bytes: inout [UInt8], _ start: Int, _ end: Int) -> Int {
    var span = bytes.mutableSpan
    return strip(&span, start, end)
  }

  private static func strip(_ bytes: inout MutableSpan<UInt8>, _ start: Int, _ end: Int) -> Int {
    var source = start
    while source < end, bytes[source] != escape, bytes[source] != 0 { source += 1 }
    var target = source
    while source < end {
      let byte = bytes[source]
      if byte == escape {
        source = endOfSequence(bytes.span, source, end)
        continue
      }
      if byte != 0 {
        bytes[target] = byte
        target += 1
      }
      source += 1
    }
    return target
  }

  private static let escape: UInt8 = 0x1B

  private static func endOfSequence(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard start + 1 < end else { return end }
    switch bytes[start + 1] {
    case UInt8(ascii: "["): return endOfControl(bytes, start + 2, end)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      return endOfString(bytes, start + 2, end)
    case 0x20...0x2F: return min(start + 3, end)
    case escape: return start + 1
    default: return start + 2
    }
  }

  /// Parameters and intermediates up to a final byte; anything else ends a broken sequence.
  private static func endOfControl(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var position = start
    while position < end {
      switch bytes[position] {
      case 0x20...0x3F: position += 1
      case 0x40...0x7E: return position + 1
      default: return position
      }
    }
    return end
  }

  /// Text up to BEL or `ESC \`; without an end only the introducer goes, so that no line is lost.
  private static func endOfString(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var position = start
    while position < end {
      if bytes[position] == 0x07 { return position + 1 }
      if bytes[position] == escape {
        let isTerminator = position + 1 < end && bytes[position + 1] == .backslash
        return isTerminator ? position + 2 : start
      }
      position += 1
    }
    return start
  }
}
