import Model

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// What a live run needs of the operating system.

extension System {
  /// Seconds on a clock that never jumps.
  static var uptime: Double { seconds(CLOCK_MONOTONIC) }

  /// The time of day of this machine.
  static var now: Instant { Instant(milliseconds: Int64(seconds(CLOCK_REALTIME) * 1000)) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func sleep(milliseconds: UInt32) {
    _ = usleep(milliseconds * 1000)
  }

  /// Waits until one of the descriptors has something, at most so many seconds; returns those that have.
  static func wait(for descriptors: [Int32], seconds: Double) -> Set<Int32> {
    var requests = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let limit = Int32(min(60_000, max(0, (seconds * 1000).rounded(.up))))
    guard poll(&requests, nfds_t(requests.count), limit) > 0 else { return [] }
    return Set(requests.filter { $0.revents != 0 }.map(\.fd))
  }

  /// Whether one of the descriptors has something now.
  static func isReadable(_ descriptors: [Int32]) -> Bool {
    !descriptors.isEmpty && !wait(for: descriptors, seconds: 0).isEmpty
  }

  /// Whether a descriptor takes something now, or within so many seconds; an error counts, as writing will tell it.
  static func isWritable(_ descriptor: Int32, seconds: Double) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&request, 1, Int32(seconds * 1000)) > 0
  }

  /// The size of a terminal, or nil if the descriptor is none or does not say.
  static func size(of descriptor: Int32) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// The bytes of a small file; nil if it cannot be read or is longer.
  static func contents(ofFile path: String, limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var filled = 0
    while filled <= limit {
      let count = bytes.withUnsafeMutableBytes { buffer in
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
        return read(descriptor, rest.baseAddress, rest.count)
      }
      guard count >= 0 else { return nil }
      if count == 0 { return Array(bytes[..<filled]) }
      filled += count
    }
    return nil
  }
}

// MARK: - Waking

/// Wakes a loop that waits for descriptors.
final class Waker: Sendable {
  /// What to wait for.
  let descriptor: Int32
  private let writing: Int32

  /// Nil if no descriptors are left.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (descriptor, writing) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(writing)
  }

  /// Makes the descriptor readable.
  func wake() {
    var byte: UInt8 = 1
    _ = write(writing, &byte, 1)
  }

  /// Makes it unreadable again.
  func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(descriptor, &bytes, bytes.count) == bytes.count {}
  }
}

// MARK: - Keys

/// The keys of the terminal, one by one and without an echo.
final class TerminalKeyboard {
  /// Where keys come from; nil if there is no terminal to press keys on.
  let descriptor: Int32?
  private let isOwned: Bool
  private var saved: termios?

  /// Takes standard input if that is a terminal, else the terminal that the process belongs to: input may be a pipe.
  init() {
    if System.isTerminal(System.standardInput) {
      descriptor = System.standardInput
      isOwned = false
      return
    }
    let opened = open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    descriptor = opened >= 0 ? opened : nil
    isOwned = opened >= 0
  }

  deinit {
    end()
    if let descriptor, isOwned { close(descriptor) }
  }

  /// Asks for single keys; Ctrl-C and Ctrl-Z remain signals.
  func begin() {
    guard let descriptor else { return }
    var settings = termios()
    guard tcgetattr(descriptor, &settings) == 0 else { return }
    saved = settings
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
    tcsetattr(descriptor, TCSANOW, &settings)
    Self.restoreWhenCrashing()
  }

  /// Gives the terminal its settings back.
  func end() {
    guard let descriptor, var saved else { return }
    tcsetattr(descriptor, TCSANOW, &saved)
    self.saved = nil
  }

  /// The bytes of the keys that were pressed.
  func read() -> [UInt8] {
    guard let descriptor else { return [] }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = readKeys(descriptor, &bytes, bytes.count)
    return Array(bytes.prefix(max(0, count)))
  }

  /// A crash leaves the terminal usable, too: the handler knows nothing but what every terminal starts with.
  private static func restoreWhenCrashing() {
    for number in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGQUIT] {
      _ = signal(number) { number in
        var settings = termios()
        if tcgetattr(1, &settings) == 0 {
          settings.c_lflag |= tcflag_t(ICANON | ECHO)
          tcsetattr(1, TCSANOW, &settings)
        }
        let leave: StaticString = "\u{1b}[0m\u{1b}[?25h\u{1b}[?1049l"
        _ = write(1, leave.utf8Start, leave.utf8CodeUnitCount)
        _ = signal(number, SIG_DFL)
        raise(number)
      }
    }
  }
}

private func readKeys(_ descriptor: Int32, _ target: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, target, count)
}
