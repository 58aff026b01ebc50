/// Turns UTF-16 into UTF-8, as Windows' editors and shells write files; the byte order mark tells the order.
struct UTF16Decoder {
  private let isLittleEndian: Bool
  private var hasBegun = false
  /// The first half of a pair whose second half has not come yet.
  private var lead: UInt16?

  /// Returns nil if the bytes do not begin with a byte order mark of UTF-16.
  init?(head: ArraySlice<UInt8>) {
    if head.starts(with: [0xFF, 0xFE]) {
      isLittleEndian = true
    } else if head.starts(with: [0xFE, 0xFF]) {
      isLittleEndian = false
    } else {
      return nil
    }
  }

  /// Decodes whole code units from `input` into `output`; tells how much of each was used.
  mutating func decode(
    _ input: UnsafeRawBufferPointer,
    into output: UnsafeMutableRawBufferPointer
  ) -> DecodingProgress {
    var progress = DecodingProgress(read: 0)
    // A character takes four bytes at most.
    while progress.read + 2 <= input.count, progress.written + 4 <= output.count {
      let pair = (UInt16(input[progress.read]), UInt16(input[progress.read + 1]))
      let unit = isLittleEndian ? pair.1 << 8 | pair.0 : pair.0 << 8 | pair.1
      progress.read += 2
      if !hasBegun {
        hasBegun = true
        continue
      }
      guard let scalar = scalar(unit) else { continue }
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
        output[progress.written] = byte
        progress.written += 1
      }
    }
    return progress
  }

  /// The character that a code unit completes; nil for the first half of a pair.
  private mutating func scalar(_ unit: UInt16) -> Unicode.Scalar? {
    let first = lead
    lead = nil
    if UTF16.isLeadSurrogate(unit) {
      lead = unit
      return nil
    }
    guard UTF16.isTrailSurrogate(unit) else { return Unicode.Scalar(unit) }
    guard let first else { return "\u{FFFD}" }
    let value = 0x10000 + (UInt32(first) & 0x3FF) << 10 + UInt32(unit) & 0x3FF
    return Unicode.Scalar(value)
  }
}
