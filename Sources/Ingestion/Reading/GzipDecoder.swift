import CZlib

/// Inflates gzip data as it comes, any number of members one after another, as `logrotate` and `cat` make them.
struct GzipDecoder: ~Copyable {
  /// zlib keeps a pointer back to its stream, so the stream must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var isBetweenMembers = false

  /// Returns nil if zlib cannot be set up.
  init?() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 16 more than the window size asks for the gzip format.
    let result = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard result == Z_OK else {
      stream.deallocate()
      return nil
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Inflates from `input` into `output`; tells how much of each was used.
  mutating func decode(
    _ input: UnsafeRawBufferPointer,
    into output: UnsafeMutableRawBufferPointer
  ) throws(DecodingError) -> DecodingProgress {
    if isBetweenMembers {
      // What follows a member is another one, or padding that means nothing.
      guard input.first == 0x1F else { return DecodingProgress(read: input.count) }
      inflateReset(stream)
      isBetweenMembers = false
    }
    let readable = UInt32(clamping: input.count)
    let writable = UInt32(clamping: output.count)
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    )
    stream.pointee.avail_in = readable
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = writable
    let result = inflate(stream, Z_NO_FLUSH)
    var progress = DecodingProgress(
      read: Int(readable - stream.pointee.avail_in),
      written: Int(writable - stream.pointee.avail_out)
    )
    progress.isInside = result != Z_STREAM_END
    switch result {
    case Z_STREAM_END: isBetweenMembers = true
    case Z_OK, Z_BUF_ERROR: break
    default: throw DecodingError(written: progress.written)
    }
    return progress
  }
}

/// How far a decoder came.
struct DecodingProgress {
  var read = 0
  var written = 0
  /// Whether a frame has begun and not ended.
  var isInside = false

  static let none = DecodingProgress()
}

/// The compressed data is damaged; `written` bytes came out before that was seen.
struct DecodingError: Error {
  var written: Int
}
