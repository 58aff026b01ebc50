/// The beginning of a file, looked at before anything is read.
struct FileHead {
  var kind: ContentKind
  var firstStamp: FirstStamp?
  /// Whether the first line is a JSON object of its own, as collectors write them.
  var beginsWithJSONLine: Bool
  /// Whether a time of the day stands in it, with a date or without.
  var showsTime: Bool
  /// The first line, or as much of it as tells files apart.
  var firstLine: [UInt8]

  private static let size = 64 * 1024
  private static let firstSize = 4096
  private static let longestLine = 256

  /// Reads the beginning of the file, decompressed.
  init(path: String) throws(FileError) {
    var stream = ByteStream(try FileDescriptor.open(path))
    var bytes = [UInt8](repeating: 0, count: Self.firstSize)
    var filled = 0
    do throws(ByteStream.Fault) {
      try stream.fill(&bytes, &filled)
      if filled == bytes.count {
        bytes += repeatElement(0, count: Self.size - bytes.count)
        try stream.fill(&bytes, &filled)
      }
    } catch {
      // Damage is told when the file is read in earnest.
      if case .file(let reason) = error { throw reason }
    }
    let head = bytes[..<filled]
    kind = ContentKind(head)
    firstStamp = kind == .text ? FirstStamp(head) : nil
    let line = head.prefix { $0 != 0x0A && $0 != 0x0D }
    beginsWithJSONLine = line.first == UInt8(ascii: "{") && line.last == UInt8(ascii: "}") && line.count > 2
    showsTime = firstStamp != nil || kind == .text && Self.showsTimeOfDay(head)
    firstLine = Array(line.prefix(Self.longestLine))
  }

  /// Whether `12:34:56` stands anywhere.
  private static func showsTimeOfDay(_ bytes: ArraySlice<UInt8>) -> Bool {
    let form = Array("00:00:00".utf8)
    let isDigitExpected = form.map(\.isDigit)
    guard bytes.count >= form.count else { return false }
    return (bytes.startIndex...(bytes.endIndex - form.count)).contains { start in
      form.indices.allSatisfy { index in
        let byte = bytes[start + index]
        return isDigitExpected[index] ? byte.isDigit : byte == form[index]
      }
    }
  }
}
