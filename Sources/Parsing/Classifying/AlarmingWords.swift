/// Tells of a line that no head fits whether it reports an error all the same.
enum AlarmingWords {
  private static let words: [StaticString] = [
    "ERROR", "FATAL", "PANIC", "CRITICAL", "ALERT", "EMERG", "level=error", "level=fatal",
  ]
  /// A level stands near the beginning; further on the word is mostly talk of one.
  private static let reach = 160

  /// Whether a level of error or above stands in `line[start..<end]` as a word of its own.
  ///
  /// An indented line is the rest of something.
  static func stand(in line: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard start < end, !line[start].isBlank else { return false }
    let limit = min(end, start + reach)
    for position in start..<limit {
      let isAtWord = position == start || !line[position - 1].isLetterByte
      guard isAtWord, line[position] | 0x20 == UInt8(ascii: "l") || line[position] &- 0x41 < 26 else { continue }
      if words.contains(where: { holds($0, line, position, limit) }) { return true }
    }
    return false
  }

  private static func holds(_ word: StaticString, _ line: Span<UInt8>, _ position: Int, _ end: Int) -> Bool {
    let length = word.utf8CodeUnitCount
    guard position + length <= end, position + length == end || !line[position + length].isLetterByte else {
      return false
    }
    return word.withUTF8Buffer { wanted in
      for offset in 0..<length where line[position + offset] != wanted[offset] { return false }
      return true
    }
  }
}
