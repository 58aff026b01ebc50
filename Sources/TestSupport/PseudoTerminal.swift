package import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A terminal that a test looks at: what a program prints to it can be read back.
package struct PseudoTerminal: ~Copyable {
  /// A terminal could not be made; the number is the system's.
  package struct Unavailable: Error {
    package var number: Int32
  }

  private let near: Int32
  private var far: Int32
  private var recorder: TerminalRecorder?

  /// Opens a terminal of the given width.
  ///
  /// Throws `Unavailable`.
  package init(columns: UInt16 = 80) throws {
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    var ends: (near: Int32, far: Int32) = (-1, -1)
    let result = openpty(&ends.near, &ends.far, nil, nil, &size)
    let number = errno
    near = ends.near
    far = ends.far
    recorder = nil
    guard result == 0 else { throw Unavailable(number: number) }
  }

  deinit {
    if near >= 0 { close(near) }
    if far >= 0 { close(far) }
  }

  /// The end that a program takes for its terminal.
  package var handle: FileHandle { FileHandle(fileDescriptor: far, closeOnDealloc: false) }

  /// Reads what is printed from now on, so that a program that prints much is not held up.
  package mutating func startRecording() {
    recorder = TerminalRecorder(reading: near)
  }

  /// Whether one of the texts is printed within so many seconds; only while it records.
  package func waitFor(anyOf texts: String..., seconds: Double = 20) -> Bool {
    recorder?.waitFor(anyOf: texts, seconds: seconds) ?? false
  }

  /// Where keys are pressed.
  package var keys: FileHandle { FileHandle(fileDescriptor: near, closeOnDealloc: false) }

  /// Gives the terminal another size; who runs on it has to be told by a signal.
  package func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(near, UInt(TIOCSWINSZ), &size)
  }

  /// Everything that programs print to the terminal until the last of them has closed it.
  package mutating func readToEnd() -> String {
    close(far)
    far = -1
    if let recorder { return recorder.finish() }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(near, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
  }
}
