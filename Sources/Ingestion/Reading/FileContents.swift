/// Whole files, decompressed, for those who hand them on.
package enum FileContents {
  /// The decompressed bytes of the file at `path`, at most `limit` of them; UTF-16 comes as UTF-8.
  ///
  /// Throws `InputDiagnostic`'s reason as `FileContentsError`.
  package static func decompressed(_ path: String, limit: Int = .max) throws(FileContentsError) -> [UInt8] {
    var stream: ByteStream
    do {
      stream = ByteStream(path == "-" ? FileDescriptor.standardInput : try FileDescriptor.open(path))
    } catch {
      throw FileContentsError(reason: error.reason)
    }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: min(limit, 256 * 1024))
    do throws(ByteStream.Fault) {
      while bytes.count < limit {
        var count = 0
        try stream.fill(&block, &count)
        guard count > 0 else { break }
        bytes += block[..<min(count, limit - bytes.count)]
      }
    } catch {
      switch error {
      case .file(let fault): throw FileContentsError(reason: fault.reason)
      case .damaged(let format): throw FileContentsError(reason: "the \(format) data is damaged")
      case .truncated(let format): throw FileContentsError(reason: "the \(format) data breaks off")
      }
    }
    return bytes
  }
}

/// Why a file cannot be read as a whole.
package struct FileContentsError: Error, Hashable, CustomStringConvertible {
  package var reason: String

  package var description: String { reason }
}
