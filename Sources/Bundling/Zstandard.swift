import CZstd

/// Compression for bundles.
enum Zstandard {
  /// Level 12: a log shrinks to a few percent in seconds.
  private static let level: Int32 = 12

  /// The bytes as one zstd frame, the same for the same bytes; nil if libzstd fails.
  static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
    let most = ZSTD_compressBound(bytes.count)
    var length = 0
    let result = [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      length = bytes.withUnsafeBytes { ZSTD_compress(buffer.baseAddress, most, $0.baseAddress, $0.count, level) }
      count = ZSTD_isError(length) == 0 ? length : 0
    }
    return ZSTD_isError(length) == 0 ? result : nil
  }
}
