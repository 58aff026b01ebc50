#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder for the program's own files that nobody else may read; it is gone when the value is.
struct ScratchFolder: ~Copyable {
  let path: String
  /// What was made in it, in the order of making.
  private var contents: [String] = []

  /// Makes the folder below `TMPDIR`, or below `/tmp`.
  init() throws(System.CallError) {
    var template = Array("\(System.temporaryFolder)/failscope-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw System.CallError(number: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in contents.reversed() where unlink(name) != 0 { rmdir(name) }
    rmdir(path)
  }

  /// Writes a file with the folders that its name needs; the name must not lead out of the folder.
  mutating func write(_ bytes: [UInt8], to name: String) throws(System.CallError) {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/\(part)"
      if mkdir(folder, 0o700) == 0 {
        contents.append(folder)
      } else if errno != EEXIST {
        throw System.CallError(number: errno)
      }
    }
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw System.CallError(number: errno) }
    contents.append(file)
    defer { close(descriptor) }
    try System.write(bytes, to: descriptor)
  }

  /// Does something with the folder as the working directory, and comes back.
  borrowing func inside<Result>(_ body: () throws -> Result) throws -> Result {
    let here = open(".", O_RDONLY | O_CLOEXEC)
    guard here >= 0, chdir(path) == 0 else { throw System.CallError(number: errno) }
    defer {
      fchdir(here)
      close(here)
    }
    return try body()
  }
}

extension System {
  /// Where temporary files are made.
  static var temporaryFolder: String { environment("TMPDIR") ?? "/tmp" }

  /// Makes a file the program's standard input.
  static func readStandardInput(from path: String) throws(CallError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CallError(number: errno) }
    defer { close(descriptor) }
    guard dup2(descriptor, standardInput) >= 0 else { throw CallError(number: errno) }
  }
}
