/// The beginning of a file, looked at before anything is read.
struct FileHead {
  var kind: ContentKind
  var firstStamp: FirstStamp?
  /// Whether the first line is a JSON object of its own, as collectors write them.
  var beginsWithJSONLine: Bool

  private static let size = 64 * 1024

  /// Reads the beginning of the file, decompressed.
  init(path: String) throws(FileError) {
    var stream = ByteStream(try FileDescriptor.open(path))
    var bytes = [UInt8](repeating: 0, count: Self.size)
    var filled = 0
    while filled < Self.size {
      let count = try Self.read(&stream, &bytes, filled)
      guard count > 0 else { break }
      filled += count
    }
    let head = bytes[..<filled]
    kind = ContentKind(head)
    firstStamp = kind == .text ? FirstStamp(head) : nil
    let line = head.prefix { $0 != 0x0A && $0 != 0x0D }
    beginsWithJSONLine = line.first == UInt8(ascii: "{") && line.last == UInt8(ascii: "}") && line.count > 2
  }

  /// Reads once; damage is told when the file is read in earnest.
  private static func read(
    _ stream: inout ByteStream,
    _ bytes: inout [UInt8],
    _ filled: Int
  ) throws(FileError) -> Int {
    do throws(ByteStream.Fault) {
      var result: Result<Int, ByteStream.Fault> = .success(0)
      bytes.withUnsafeMutableBytes { all in
        do throws(ByteStream.Fault) {
          result = .success(try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: all[filled...])))
        } catch {
          result = .failure(error)
        }
      }
      return try result.get()
    } catch {
      if case .file(let reason) = error { throw reason }
      return 0
    }
  }
}
