import CByteScan

extension Span<UInt8> {
  /// Eight bytes from `index` on, the first one lowest; what lies beyond the end reads as zero.
  @inline(__always)
  func word(at index: Int) -> UInt64 {
    guard index &+ 8 <= count else { return paddedWord(at: index) }
    return UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  /// Four bytes from `index` on, the first one lowest; what lies beyond the end reads as zero.
  @inline(__always)
  func halfWord(at index: Int) -> UInt32 {
    guard index &+ 4 <= count else { return UInt32(truncatingIfNeeded: paddedWord(at: index)) }
    return UInt32(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt32.self))
  }

  @inline(never)
  private func paddedWord(at index: Int) -> UInt64 {
    var word: UInt64 = 0
    var shift: UInt64 = 0
    var position = index
    while position < count, shift < 64 {
      word |= UInt64(self[position]) << shift
      shift += 8
      position += 1
    }
    return word
  }

  /// The first position of `byte` in `start..<end`, or `end`.
  @inline(__always)
  func firstIndex(of byte: UInt8, from start: Int, to end: Int) -> Int {
    let pattern = UInt64(repeating: byte)
    var position = start
    while position &+ 8 <= end {
      let found = (word(at: position) ^ pattern).zeroBytes
      if found != 0 { return position &+ found.trailingZeroBitCount >> 3 }
      position &+= 8
    }
    while position < end, self[position] != byte { position &+= 1 }
    return position
  }

  /// The first position of either byte in `start..<end`, or `end`.
  @inline(__always)
  func firstIndex(of first: UInt8, or second: UInt8, from start: Int, to end: Int) -> Int {
    let (left, right) = (UInt64(repeating: first), UInt64(repeating: second))
    var position = start
    while position &+ 8 <= end {
      let word = word(at: position)
      let found = (word ^ left).zeroBytes | (word ^ right).zeroBytes
      if found != 0 { return position &+ found.trailingZeroBitCount >> 3 }
      position &+= 8
    }
    while position < end, self[position] != first, self[position] != second { position &+= 1 }
    return position
  }

  /// The first position of any of three bytes in `start..<end`, or `end`.
  @inline(__always)
  func firstIndex(of first: UInt8, _ second: UInt8, _ third: UInt8, from start: Int, to end: Int) -> Int {
    guard start < end, end <= count else { return end }
    return withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return end }
      return start &+ byte_scan_find_any(base + start, end &- start, first, second, third)
    }
  }

  /// Whether `other[range]` stands at `index`; the caller sees to it that both lie inside.
  @inline(__always)
  func holds(_ other: Span<UInt8>, _ start: Int, _ length: Int, at index: Int) -> Bool {
    var offset = 0
    while offset &+ 8 <= length {
      if word(at: index &+ offset) != other.word(at: start &+ offset) { return false }
      offset &+= 8
    }
    guard offset < length else { return true }
    let mask = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- (length &- offset) &* 8)
    return (word(at: index &+ offset) ^ other.word(at: start &+ offset)) & mask == 0
  }

  /// The position after all blanks and tabs from `start` on.
  @inline(__always)
  func skippingBlanks(from start: Int, to end: Int) -> Int {
    var position = start
    while position < end, self[position] == 0x20 || self[position] == 0x09 { position &+= 1 }
    return position
  }

  /// The bytes as text, with U+FFFD in place of what is not UTF-8.
  func text(_ start: Int, _ end: Int) -> String {
    extracting(start..<end).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}

extension UInt64 {
  /// The byte in all eight places.
  @inline(__always)
  init(repeating byte: UInt8) {
    self = UInt64(byte) &* 0x0101_0101_0101_0101
  }

  /// The high bit of each byte that is zero; bytes above the lowest such one may be marked wrongly.
  @inline(__always)
  var zeroBytes: UInt64 {
    (self &- 0x0101_0101_0101_0101) & ~self & 0x8080_8080_8080_8080
  }
}

extension UInt8 {
  @inline(__always)
  var isDigit: Bool { self &- 0x30 < 10 }

  @inline(__always)
  var isBlank: Bool { self == 0x20 || self == 0x09 }

  /// Whether the byte is an ASCII letter or an underscore.
  @inline(__always)
  var isLetterByte: Bool { (self | 0x20) &- 0x61 < 26 || self == 0x5F }

  /// Whether the byte continues a word: a letter, digit or underscore.
  @inline(__always)
  var isWordByte: Bool { isDigit || isLetterByte }
}
