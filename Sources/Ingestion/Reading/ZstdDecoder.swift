import CZstd

/// Decompresses zstd data as it comes, any number of frames one after another.
struct ZstdDecoder: ~Copyable {
  private let stream: OpaquePointer

  /// Returns nil if libzstd cannot be set up.
  init?() {
    guard let stream = ZSTD_createDStream() else { return nil }
    self.stream = stream
    // libzstd itself refuses windows above 128 MiB.
    ZSTD_initDStream(stream)
  }

  deinit {
    ZSTD_freeDStream(stream)
  }

  /// Decompresses from `input` into `output`; tells how much of each was used.
  mutating func decode(
    _ input: UnsafeRawBufferPointer,
    into output: UnsafeMutableRawBufferPointer
  ) throws(DecodingError) -> DecodingProgress {
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let result = ZSTD_decompressStream(stream, &target, &source)
    guard ZSTD_isError(result) == 0 else { throw DecodingError(written: target.pos) }
    return DecodingProgress(read: source.pos, written: target.pos, isInside: result != 0)
  }
}
