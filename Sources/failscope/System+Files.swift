import Model

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension System {
  /// Puts `bytes` into a file so that nobody ever sees half of them.
  ///
  /// They go to a new file beside it, which then takes its place with its permissions; a symbolic link is followed. What
  /// is no regular file (`/dev/null`, a named pipe) is written to directly.
  static func replaceFile(_ path: String, with bytes: [UInt8]) throws(CallError) {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT != S_IFREG { return try writeDirectly(bytes, to: path) }
    let target = exists ? resolved(path) : path
    let temporary = "\(target).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw CallError(number: errno) }
    do throws(CallError) {
      defer { close(descriptor) }
      if exists { fchmod(descriptor, status.st_mode & 0o7777) }
      try write(bytes, to: descriptor)
      guard fsync(descriptor) == 0 else { throw CallError(number: errno) }
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, target) == 0 else {
      let failure = CallError(number: errno)
      unlink(temporary)
      throw failure
    }
  }

  /// All bytes of a file, or of standard input for `-`.
  static func contents(of path: String) throws(CallError) -> [UInt8] {
    let descriptor = path == "-" ? standardInput : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CallError(number: errno) }
    defer { if descriptor != standardInput { close(descriptor) } }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw CallError(number: errno) }
      guard count > 0 else { return bytes }
      bytes += block.prefix(count)
    }
  }

  /// How many seconds ago a file was written; 0 for `-`, nil if the file does not say.
  static func age(ofFile path: String) -> Double? {
    if path == "-" { return 0 }
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let written = status.st_mtimespec
    #else
      let written = status.st_mtim
    #endif
    let milliseconds = Int64(written.tv_sec) * 1000 + Int64(written.tv_nsec) / 1_000_000
    return max(0, now.seconds(since: Instant(milliseconds: milliseconds)))
  }

  private static func writeDirectly(_ bytes: [UInt8], to path: String) throws(CallError) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CallError(number: errno) }
    defer { close(descriptor) }
    try write(bytes, to: descriptor)
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
