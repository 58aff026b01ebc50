import Patterns

/// A set of bytes that is tested for every line, hence in this module and without a loop.
struct ByteMask {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  init(_ set: ByteSet) {
    words = set.words
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
