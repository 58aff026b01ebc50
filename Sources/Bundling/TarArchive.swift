/// A tar archive of regular files (POSIX.1-1988, `ustar`): the same files give the same bytes, with no times or owners.
package struct TarArchive: Hashable, Sendable {
  /// A file in an archive.
  package struct Entry: Hashable, Sendable {
    package var name: String
    package var bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  package var entries: [Entry]

  package init(entries: [Entry]) {
    self.entries = entries
  }

  static let blockSize = 512

  /// The archive as bytes.
  ///
  /// Throws `TarError` if a name does not fit into a header.
  package func bytes() throws(TarError) -> [UInt8] {
    var result: [UInt8] = []
    for entry in entries {
      result += try TarHeader(name: entry.name, size: entry.bytes.count).bytes()
      result += entry.bytes
      result += [UInt8](repeating: 0, count: Self.padding(behind: entry.bytes.count))
    }
    return result + [UInt8](repeating: 0, count: 2 * Self.blockSize)
  }

  /// Reads an archive; what is no regular file is passed over.
  ///
  /// Throws `TarError` if it is damaged, or if a name leads out of the archive's own folder.
  package init(bytes: [UInt8]) throws(TarError) {
    entries = []
    var start = 0
    while start + Self.blockSize <= bytes.count {
      let block = bytes[start..<start + Self.blockSize]
      if block.allSatisfy({ $0 == 0 }) { return }
      let header = try TarHeader(block: block)
      let content = start + Self.blockSize
      guard header.size <= bytes.count - content else { throw .truncated }
      if header.isRegularFile {
        entries.append(Entry(name: header.name, bytes: Array(bytes[content..<content + header.size])))
      }
      start = content + header.size + Self.padding(behind: header.size)
    }
    throw .truncated
  }

  private static func padding(behind size: Int) -> Int { (blockSize - size % blockSize) % blockSize }
}

/// What is wrong with an archive.
package enum TarError: Error, Hashable, CustomStringConvertible {
  case truncated
  case damaged
  /// A name that is too long, or that leads elsewhere.
  case name(String)

  package var description: String {
    switch self {
    case .truncated: "the archive breaks off"
    case .damaged: "the archive is damaged"
    case .name(let name): "the archive cannot hold the name '\(name)'"
    }
  }
}
