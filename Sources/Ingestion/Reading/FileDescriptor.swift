#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open file, closed at the end of its life unless it is standard input.
struct FileDescriptor: ~Copyable {
  let number: Int32

  private init(number: Int32) {
    self.number = number
  }

  deinit {
    if number > 0 { _ = close(number) }
  }

  /// Standard input.
  static var standardInput: FileDescriptor { FileDescriptor(number: 0) }

  /// Opens a file for reading.
  static func open(_ path: String) throws(FileError) -> FileDescriptor {
    let number = openForReading(path)
    guard number >= 0 else { throw FileError(number: errno) }
    return FileDescriptor(number: number)
  }

  /// Lets a pipe hold as much as is read at once, where the system allows it: else reader and writer wait for each
  /// other every 64 KiB.
  func enlargePipe() {
    #if os(Linux)
      // F_SETPIPE_SZ of <fcntl.h>, which Swift does not import; it fails for what is no pipe, which does no harm.
      _ = fcntl(number, 1031, Int32(1 << 20))
    #endif
  }

  /// Reads up to the buffer's size; 0 at the end of the file.
  static func read(_ number: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Result<Int, FileError> {
    while true {
      let count = readBytes(number, buffer.baseAddress, buffer.count)
      if count >= 0 { return .success(count) }
      guard errno == EINTR else { return .failure(FileError(number: errno)) }
    }
  }
}

/// Why a file could not be opened or read, in the operating system's words.
struct FileError: Error {
  var number: Int32

  /// What is wrong, beginning in lower case.
  var reason: String {
    guard let text = strerror(number) else { return "error \(number)" }
    let words = String(cString: text)
    return words.prefix(1).lowercased() + words.dropFirst()
  }

  /// What to do about it.
  var help: String {
    switch number {
    case ENOENT: "check the path"
    case EACCES, EPERM: "run failscope as a user who may read it, or pipe it in: sudo cat FILE | failscope analyze -"
    case EMFILE, ENFILE: "raise the limit on open files (ulimit -n)"
    default: ""
    }
  }
}

/// What kind of thing a path leads to, and which one.
struct FileStatus: Hashable {
  enum Kind: Hashable {
    case regular
    case folder
    /// A pipe, a terminal, a socket: it can be read once only.
    case stream
  }

  var kind: Kind
  var device: UInt64
  var inode: UInt64

  /// Looks at what `path` leads to.
  init(path: String) throws(FileError) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileError(number: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .regular
    case S_IFDIR: kind = .folder
    default: kind = .stream
    }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
  }

  /// The bytes of the file that `path` leads to; 0 if that cannot be told.
  static func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Whether nothing is at `path`.
  static func isMissing(_ path: String) -> Bool {
    var status = stat()
    return path != "-" && stat(path, &status) != 0 && errno == ENOENT
  }

  /// Whether `path` itself is a symbolic link.
  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// The names in a folder, sorted; hidden ones are left out.
  static func names(inFolder path: String) throws(FileError) -> [String] {
    guard let folder = opendir(path) else { throw FileError(number: errno) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}

// MARK: - Calls whose names the types above take

private func openForReading(_ path: String) -> Int32 {
  open(path, O_RDONLY | O_CLOEXEC)
}

private func readBytes(_ number: Int32, _ target: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(number, target, count)
}
