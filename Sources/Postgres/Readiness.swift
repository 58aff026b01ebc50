#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Waiting for a socket, never longer than until a deadline.
enum Readiness {
  /// What a socket is waited for.
  enum Direction {
    case readable, writable, either

    fileprivate var events: Int16 {
      switch self {
      case .readable: Int16(POLLIN)
      case .writable: Int16(POLLOUT)
      case .either: Int16(POLLIN | POLLOUT)
      }
    }
  }

  /// Whether something has come on the socket, or its end.
  static func isReady(_ socket: Int32) -> Bool {
    var request = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0
  }

  /// Whether the socket is ready, or broken, which the next call to libpq tells; false once the deadline has passed.
  static func wait(for socket: Int32, _ direction: Direction, until deadline: ContinuousClock.Instant) -> Bool {
    var request = pollfd(fd: socket, events: direction.events, revents: 0)
    while true {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { return false }
      let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000 + 1
      let count = poll(&request, 1, Int32(min(60_000, milliseconds)))
      if count > 0 { return true }
      if count < 0, errno != EINTR, errno != EAGAIN { return true }
    }
  }
}
