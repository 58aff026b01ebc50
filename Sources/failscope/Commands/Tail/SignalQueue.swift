import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The signals that a live run answers, looked at by its loop.
///
/// A handler puts each into a pipe. Blocking them would not do: a library's thread may let them through, and what a signal
/// does by itself is to end the process and leave children and the terminal as they are. Handlers are the process's, and so
/// is this queue.
enum SignalQueue {
  /// What a signal asks for.
  enum Request {
    case interrupt
    case terminate
    case hangUp
    case resize
    case suspend

    /// Whether the run should end.
    var isEnd: Bool {
      switch self {
      case .interrupt, .terminate, .hangUp: true
      case .resize, .suspend: false
      }
    }
  }

  private static let requests: [(number: Int32, request: Request)] = [
    (SIGINT, .interrupt), (SIGTERM, .terminate), (SIGHUP, .hangUp), (SIGWINCH, .resize), (SIGTSTP, .suspend),
  ]
  private static let ends: (reading: Int32, writing: Int32) = makePipe()
  /// What has come and was not taken yet.
  private static let waiting = Mutex<[Request]>([])

  /// Readable when a signal has come.
  static var descriptor: Int32 { ends.reading }

  /// Begins to answer; a hang-up that is ignored, as below `nohup`, stays so.
  static func begin() {
    let writing = ends.writing
    guard writing >= 0 else { return }
    var answered = sigset_t()
    sigemptyset(&answered)
    for entry in requests where entry.number != SIGHUP || !isIgnored(SIGHUP) {
      _ = signal(entry.number) { SignalQueue.note($0) }
      sigaddset(&answered, entry.number)
    }
    // Who started the process may have had them blocked, which is inherited.
    pthread_sigmask(SIG_UNBLOCK, &answered, nil)
  }

  /// The signals that have come; `isReady` says whether the descriptor is readable.
  static func take(isReady: Bool) -> [Request] {
    if isReady { collect() }
    return waiting.withLock { requests in
      defer { requests = [] }
      return requests
    }
  }

  /// Whether a signal waits that asks to end.
  static var isEndWanted: Bool {
    collect()
    return waiting.withLock { $0.contains(where: \.isEnd) }
  }

  /// Stops the process as a terminal's Ctrl-Z does, until somebody lets it go on.
  static func suspend() {
    kill(getpid(), SIGSTOP)
  }

  /// What a handler does: nothing that is not safe at any moment.
  private static func note(_ number: Int32) {
    let saved = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(ends.writing, &byte, 1)
    errno = saved
  }

  private static func collect() {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(ends.reading, &bytes, bytes.count)
    guard count > 0 else { return }
    let found = bytes[..<count].compactMap { byte in requests.first { $0.number == Int32(byte) }?.request }
    waiting.withLock { $0 += found }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return withUnsafeBytes(of: &action) { $0.loadUnaligned(as: UInt.self) } == UInt(bitPattern: 1)
  }

  private static func makePipe() -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return (-1, -1) }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    return (ends[0], ends[1])
  }
}
