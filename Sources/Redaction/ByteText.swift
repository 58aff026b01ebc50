/// A text as bytes, with the few questions that redaction asks of it.
struct ByteText {
  var bytes: [UInt8]

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  var count: Int { bytes.count }

  subscript(index: Int) -> UInt8 { bytes[index] }

  /// The byte at `index`, or 0 outside the text.
  func at(_ index: Int) -> UInt8 { bytes.indices.contains(index) ? bytes[index] : 0 }

  /// Whether a word can begin or end between `index - 1` and `index`.
  func isBoundary(_ index: Int) -> Bool {
    index <= 0 || index >= count || !Self.isWord(bytes[index - 1]) || !Self.isWord(bytes[index])
  }

  /// Whether `needle`, in lower case, stands at `index` in any case.
  func has(_ needle: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + needle.utf8CodeUnitCount <= count else { return false }
    return needle.withUTF8Buffer { letters in
      for offset in 0..<letters.count where Self.lowercased(bytes[index + offset]) != letters[offset] { return false }
      return true
    }
  }

  /// The text between two places.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The first place from `start` on that holds none of `skipped`.
  func skipping(_ skipped: [UInt8], from start: Int) -> Int {
    var index = start
    while index < count, skipped.contains(bytes[index]) { index += 1 }
    return index
  }

  /// The first place from `start` on that holds one of `ends`, or the text's end; at most `reach` bytes are looked at.
  func upTo(_ ends: [UInt8], from start: Int, within reach: Int = .max) -> Int {
    let limit = reach < count - start ? start + reach : count
    var index = start
    while index < limit, !ends.contains(bytes[index]) { index += 1 }
    return index
  }

  /// The word that begins at `start`, or the byte there that is part of none.
  func firstWord(from start: Int) -> ArraySlice<UInt8> {
    var end = start
    while end < count, Self.isWord(bytes[end]) { end += 1 }
    return bytes[start..<max(end, min(start + 1, count))]
  }

  /// Replaces pieces, given in order and not overlapping.
  mutating func replace(_ cuts: [Cut]) {
    guard !cuts.isEmpty else { return }
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var index = 0
    for cut in cuts where cut.range.lowerBound >= index {
      result += bytes[index..<cut.range.lowerBound]
      result += cut.replacement.utf8
      index = cut.range.upperBound
    }
    result += bytes[index...]
    bytes = result
  }

  /// Letters, digits, the underscore and everything outside ASCII.
  static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(lowercased(byte)) }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 0x20 : byte }
}

/// A piece of a text and what stands in its place.
struct Cut: Hashable {
  var range: Range<Int>
  var replacement: String
}
