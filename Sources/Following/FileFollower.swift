/// Follows a file by its name: what is appended, what takes its place after a rotation, and what is written anew after
/// it was cut.
///
/// The file is looked at whenever `read` is called; ten times a second is enough, and works on every file system.
package struct FileFollower: ~Copyable {
  /// Where the reading of a file begins that exists already.
  package enum Start: Hashable, Sendable {
    case beginning
    /// At the first line that begins within so many bytes of the end.
    case recent(bytes: Int)
    case end
  }

  package let path: String
  private let blockSize: Int
  private var file: Descriptor?
  private var offset = 0
  private var start: Start
  /// Whether the rest of a line has to be skipped first, because the reading began inside it.
  private var isInsideLine = false
  private var hasComplained = false

  /// - Parameters:
  ///   - path: the file; it need not exist yet.
  ///   - start: where to begin if it does.
  ///   - blockSize: how many bytes are read at once.
  package init(path: String, start: Start, blockSize: Int = 256 * 1024) {
    self.path = path
    self.start = start
    self.blockSize = blockSize
    file = nil
  }

  /// Reads what has come, at most a block.
  package mutating func read() -> [FollowerEvent] {
    if file == nil { open() }
    guard let bytes = file?.read(upTo: blockSize) else { return file == nil ? waitForFile() : [.paused] }
    offset += bytes.count
    return bytes.isEmpty ? lookForSuccessor() : deliver(bytes)
  }

  private mutating func deliver(_ bytes: [UInt8]) -> [FollowerEvent] {
    guard isInsideLine else { return [.bytes(bytes)] }
    guard let feed = bytes.firstIndex(of: 0x0A) else { return [] }
    isInsideLine = false
    let rest = Array(bytes[(feed + 1)...])
    return rest.isEmpty ? [] : [.bytes(rest)]
  }

  // MARK: - Files that come and go

  private mutating func open() {
    guard let opened = Descriptor(path: path) else {
      // What appears from now on is new from its first line on.
      start = .beginning
      return
    }
    let size = opened.status?.size ?? 0
    switch start {
    case .beginning: offset = 0
    case .end: offset = size
    case .recent(let bytes): offset = max(0, size - bytes)
    }
    // The byte before tells whether a line begins here.
    isInsideLine = offset > 0
    if isInsideLine { offset -= 1 }
    if offset > 0 { opened.seek(to: offset) }
    start = .beginning
    file = consume opened
  }

  private mutating func waitForFile() -> [FollowerEvent] {
    guard !hasComplained else { return [.paused] }
    hasComplained = true
    return [.note("\(path) is not there yet, or cannot be read; it is waited for."), .paused]
  }

  /// At the end of the file: looks whether it was cut or replaced.
  private mutating func lookForSuccessor() -> [FollowerEvent] {
    guard let own = file?.status else { return [.paused] }
    if own.size < offset {
      file?.seek(to: 0)
      offset = 0
      isInsideLine = false
      return [.fileEnded, .note("\(path) was cut; it is read from its beginning.")]
    }
    // A successor that is still empty may not have taken over yet: its writer may go on with the old file.
    guard let named = FileState(path: path), !named.isSameFile(as: own), named.size > 0 else { return [.paused] }
    // What was written to the old file between the two looks.
    if let rest = file?.read(upTo: blockSize), !rest.isEmpty {
      offset += rest.count
      return deliver(rest)
    }
    file = nil
    isInsideLine = false
    open()
    return [.fileEnded, .note("\(path) was replaced; the new file is read.")]
  }
}
