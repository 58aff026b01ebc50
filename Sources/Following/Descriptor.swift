#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open file that is closed at the end of its life.
struct Descriptor: ~Copyable {
  let number: Int32

  /// Takes over an open descriptor.
  init(owning number: Int32) {
    self.number = number
  }

  deinit {
    if number > 2 { _ = close(number) }
  }

  /// Opens a file for reading; nil if it cannot be read, for the reason that `errno` tells.
  init?(path: String) {
    let number = openForReading(path)
    guard number >= 0 else { return nil }
    self.number = number
  }

  /// What kind of file it is, which one, and how long.
  var status: FileState? {
    var status = stat()
    return fstat(number, &status) == 0 ? FileState(status) : nil
  }

  /// Continues reading at a place of the file.
  func seek(to offset: Int) {
    _ = lseek(number, off_t(offset), SEEK_SET)
  }

  /// Reads what is there, at most `limit` bytes.
  ///
  /// - Returns: no bytes at the end; nil if reading failed or there is nothing yet.
  func read(upTo limit: Int) -> [UInt8]? {
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, initialized in
      repeat {
        count = readBytes(number, buffer.baseAddress, limit)
      } while count < 0 && errno == EINTR
      initialized = max(0, count)
    }
    return count < 0 ? nil : bytes
  }

  /// A pipe whose ends are not passed on to children.
  static func pipe() -> (reading: Int32, writing: Int32)? {
    var ends: [Int32] = [-1, -1]
    guard makePipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}

/// Which file a path or a descriptor leads to, and how long it is.
struct FileState: Hashable {
  var device: UInt64
  var inode: UInt64
  var size: Int

  fileprivate init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
    size = Int(status.st_size)
  }

  /// What is at a path; nil if nothing is.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Whether both are the same file.
  func isSameFile(as other: FileState) -> Bool {
    device == other.device && inode == other.inode
  }
}

// MARK: - Calls whose names the types above take

private func openForReading(_ path: String) -> Int32 {
  open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
}

private func readBytes(_ number: Int32, _ target: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
  read(number, target, count)
}

private func makePipe(_ ends: inout [Int32]) -> Int32 {
  pipe(&ends)
}
