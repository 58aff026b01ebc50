package import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Text in a file that has no name, for a program to read from its standard input.
///
/// A pipe would fail once its reader is gone, and fill up before one that never reads. A program may leave a file unread.
package enum NamelessFile {
  /// It cannot be made; says why.
  package struct Unavailable: Error, CustomStringConvertible {
    package var description: String
  }

  /// Opens such a file at its beginning; whoever gets it closes it.
  ///
  /// - Parameters:
  ///   - text: what it holds.
  ///   - folder: where it is made if there is no shared memory.
  /// - Throws: `Unavailable`, or what the system says of writing to it.
  /// - Returns: the file.
  package static func holding(_ text: String, in folder: String) throws -> FileDescriptor {
    let number = makeFile(in: folder)
    guard number >= 0 else { throw Unavailable(description: String(cString: strerror(errno))) }
    let file = FileDescriptor(rawValue: number)
    do {
      try file.writeAll(Array(text.utf8))
      try file.seek(offset: 0, from: .start)
    } catch {
      try? file.close()
      throw error
    }
    return file
  }

  /// Where the system has memory that can be opened, so that a full disk keeps nobody from being told; else in the folder.
  private static func makeFile(in folder: String) -> Int32 {
    #if os(Linux)
      let name = "/failscope-\(UInt64.random(in: 0 ... .max))"
      let shared = shm_open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR)
      if shared >= 0 {
        _ = shm_unlink(name)
        return shared
      }
    #endif
    return makeFile(below: folder)
  }

  /// A file on a disk that has lost its name, or -1.
  static func makeFile(below folder: String) -> Int32 {
    var path = Array("\(folder)/failscope-XXXXXX".utf8CString)
    let number = mkstemp(&path)
    if number >= 0 {
      _ = unlink(path)
      _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    }
    return number
  }
}
