/// The decompressed bytes of one file or of standard input, as UTF-8 also where the file is UTF-16.
///
/// Compression is found by the first bytes and not by the name, so that `cat app.log.gz | failscope analyze -` works.
struct ByteStream: ~Copyable {
  /// Why a stream broke off before its end.
  enum Fault: Error {
    case file(FileError)
    case damaged(format: String)
    case truncated(format: String)
  }

  private enum Format: String {
    case unknown
    case plain
    case gzip
    case zstd
    case utf16 = "UTF-16"
  }

  private static let blockSize = 128 * 1024
  /// So much tells the format.
  private static let firstBlockSize = 4096

  private let file: FileDescriptor
  private var format = Format.unknown
  private var gzip: GzipDecoder?
  private var zstd: ZstdDecoder?
  private var utf16: UTF16Decoder?
  /// Bytes read from the file; those in `start..<end` are not yet used.
  private var block: [UInt8] = []
  private var start = 0
  private var end = 0
  /// A fault that is told once the bytes before it are delivered.
  private var fault: Fault?
  private var isFinished = false
  /// Whether a compressed frame has begun and not ended.
  private var isInside = false

  init(_ file: consuming FileDescriptor) {
    self.file = file
    gzip = nil
    zstd = nil
  }

  /// Reads up to the buffer's size; 0 at the end, and after a fault.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(Fault) -> Int {
    guard !isFinished else { return 0 }
    if format == .unknown { try sniff() }
    guard format == .plain else { return try decode(into: buffer) }
    if start < end { return takeRest(into: buffer) }
    return try readFile(into: buffer)
  }

  private mutating func sniff() throws(Fault) {
    block = [UInt8](repeating: 0, count: Self.firstBlockSize)
    while end < 4 {
      let count = try readBlock(from: end)
      if count == 0 { break }
      end += count
    }
    format = .plain
    if end >= 2, block[0] == 0x1F, block[1] == 0x8B {
      gzip = GzipDecoder()
      format = .gzip
    } else if end >= 4, block[0..<4].elementsEqual([0x28, 0xB5, 0x2F, 0xFD]) {
      zstd = ZstdDecoder()
      format = .zstd
    } else if let decoder = UTF16Decoder(head: block[..<end]) {
      utf16 = decoder
      format = .utf16
    }
    if format != .plain { block += repeatElement(0, count: Self.blockSize - block.count) }
  }

  private mutating func takeRest(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, end - start)
    buffer.copyBytes(from: block[start..<start + count])
    start += count
    if start == end { block = [] }
    return count
  }

  private mutating func decode(into buffer: UnsafeMutableRawBufferPointer) throws(Fault) -> Int {
    while true {
      if start == end {
        start = 0
        end = try readBlock(from: 0)
      }
      let isLast = start == end
      let progress = step(into: buffer)
      start += progress.read
      if progress.read > 0 || progress.written > 0 { isInside = progress.isInside }
      if progress.written > 0 { return progress.written }
      if fault != nil || isLast {
        isFinished = true
        if let fault { throw fault }
        guard isInside else { return 0 }
        throw .truncated(format: format.rawValue)
      }
    }
  }

  /// Decodes once; a fault is kept for later.
  private mutating func step(into buffer: UnsafeMutableRawBufferPointer) -> DecodingProgress {
    let block = self.block
    let range = start..<end
    var result: Result<DecodingProgress, DecodingError> = .success(.none)
    block.withUnsafeBytes { all in
      result = decodeOnce(UnsafeRawBufferPointer(rebasing: all[range]), into: buffer)
    }
    switch result {
    case .success(let progress):
      if progress.read == 0, progress.written == 0, !range.isEmpty { fault = .damaged(format: format.rawValue) }
      return progress
    case .failure(let error):
      fault = .damaged(format: format.rawValue)
      return DecodingProgress(read: range.count, written: error.written)
    }
  }

  private mutating func decodeOnce(
    _ input: UnsafeRawBufferPointer,
    into output: UnsafeMutableRawBufferPointer
  ) -> Result<DecodingProgress, DecodingError> {
    do throws(DecodingError) {
      if utf16 != nil { return .success(utf16?.decode(input, into: output) ?? .none) }
      if gzip != nil { return .success(try gzip?.decode(input, into: output) ?? .none) }
      return .success(try zstd?.decode(input, into: output) ?? .none)
    } catch {
      return .failure(error)
    }
  }

  private mutating func readBlock(from position: Int) throws(Fault) -> Int {
    let file = file.number
    var result: Result<Int, FileError> = .success(0)
    block.withUnsafeMutableBytes { all in
      result = FileDescriptor.read(file, into: UnsafeMutableRawBufferPointer(rebasing: all[position...]))
    }
    return try value(result)
  }

  private func readFile(into buffer: UnsafeMutableRawBufferPointer) throws(Fault) -> Int {
    try value(FileDescriptor.read(file.number, into: buffer))
  }

  private func value(_ result: Result<Int, FileError>) throws(Fault) -> Int {
    switch result {
    case .success(let count): return count
    case .failure(let error): throw .file(error)
    }
  }
}

extension ByteStream {
  /// Fills the array from `filled` on as far as there are bytes, and counts them also where the stream breaks off.
  mutating func fill(_ bytes: inout [UInt8], _ filled: inout Int) throws(Fault) {
    while filled < bytes.count {
      var result: Result<Int, Fault> = .success(0)
      bytes.withUnsafeMutableBytes { all in
        do throws(Fault) {
          let rest = UnsafeMutableRawBufferPointer(rebasing: all[filled...])
          result = .success(try read(into: rest))
        } catch {
          result = .failure(error)
        }
      }
      let count = try result.get()
      guard count > 0 else { break }
      filled += count
    }
  }
}
