/// A set of byte values: what one position of a pattern, or the first byte of a line, may be.
package struct ByteSet: Hashable, Sendable {
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  private var third: UInt64 = 0
  private var fourth: UInt64 = 0

  package init() {}

  package init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { insert(byte) }
  }

  /// The same for an array, without asking the runtime for a type's conformances.
  package init(_ bytes: [UInt8]) {
    for byte in bytes { insert(byte) }
  }

  /// Every byte.
  package static let all = ByteSet().inverted

  /// A bit for each byte, from the least of the first word on.
  package var words: (UInt64, UInt64, UInt64, UInt64) { (first, second, third, fourth) }

  package func contains(_ byte: UInt8) -> Bool {
    word(byte >> 6) >> UInt64(byte & 63) & 1 != 0
  }

  package mutating func insert(_ byte: UInt8) {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: first |= bit
    case 1: second |= bit
    case 2: third |= bit
    default: fourth |= bit
    }
  }

  package mutating func formUnion(_ other: ByteSet) {
    first |= other.first
    second |= other.second
    third |= other.third
    fourth |= other.fourth
  }

  /// The bytes that are not in the set.
  package var inverted: ByteSet {
    var result = ByteSet()
    result.first = ~first
    result.second = ~second
    result.third = ~third
    result.fourth = ~fourth
    return result
  }

  /// The set with both cases of each ASCII letter in it.
  package var ignoringCase: ByteSet {
    var result = self
    for byte in bytes where byte.isASCIILetter { result.insert(byte ^ 0x20) }
    return result
  }

  package var count: Int {
    first.nonzeroBitCount + second.nonzeroBitCount + third.nonzeroBitCount + fourth.nonzeroBitCount
  }

  /// The bytes in ascending order.
  package var bytes: [UInt8] {
    (UInt8.min...UInt8.max).filter(contains)
  }

  /// Whether the set does not tell one digit from another.
  var hasAllDigitsOrNone: Bool {
    let digits = (first >> 48) & 0x3FF
    return digits == 0 || digits == 0x3FF
  }

  private func word(_ index: UInt8) -> UInt64 {
    switch index {
    case 0: first
    case 1: second
    case 2: third
    default: fourth
    }
  }
}

// MARK: - The classes that patterns name

extension ByteSet {
  package static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
  package static let letters = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z")).ignoringCase
  /// `\w` in the C locale.
  package static let wordBytes: ByteSet = {
    var set = letters
    set.formUnion(digits)
    set.insert(UInt8(ascii: "_"))
    return set
  }()
  /// `\s`: blank, tab, line feed, vertical tab, form feed, carriage return.
  package static let whitespace = ByteSet([0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D])
}

extension UInt8 {
  /// Whether the byte is one of `0` to `9`.
  package var isASCIIDigit: Bool { self &- 0x30 < 10 }

  /// Whether the byte is one of `A` to `Z` and `a` to `z`.
  package var isASCIILetter: Bool {
    let lower = self | 0x20
    return lower >= 0x61 && lower <= 0x7A
  }
}
