import Patterns

/// A set of bytes that is tested for every line, hence in this module and without a loop.
struct ByteMask {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  init(_ set: ByteSet) {
    func word(_ number: UInt8) -> UInt64 {
      (0..<64).reduce(0) { $0 | (set.contains(number << 6 | UInt8($1)) ? 1 << UInt64($1) : 0) }
    }
    words = (word(0), word(1), word(2), word(3))
  }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    let word =
      switch byte >> 6 {
      case 0: words.0
      case 1: words.1
      case 2: words.2
      default: words.3
      }
    return word &>> UInt64(byte & 63) & 1 != 0
  }
}
