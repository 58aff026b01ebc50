import CLibpq
import Dispatch
import Synchronization

/// A request to cancel what a connection is running.
///
/// `PQcancel` connects and waits without a deadline, so it has a thread of its own; a server that does not answer keeps the
/// thread until the network gives up.
final class Cancellation: Sendable {
  /// So many requests may wait for servers that do not answer; beyond that none is sent.
  private static let limit = 4

  private nonisolated(unsafe) let request: OpaquePointer
  private let library: Library

  /// Nil if there is no connection to cancel on.
  init?(of connection: OpaquePointer, library: Library) {
    guard let request = library.functions.pointee.PQgetCancel(connection) else { return nil }
    self.request = request
    self.library = library
  }

  deinit {
    library.functions.pointee.PQfreeCancel(request)
  }

  /// Sends it, and returns at once.
  func send() {
    let isAllowed = library.cancellationsUnderWay.withLock { count in
      guard count < Self.limit else { return false }
      count += 1
      return true
    }
    guard isAllowed else { return }
    DispatchQueue(label: "cancellation").async {
      var words = [CChar](repeating: 0, count: 256)
      _ = self.library.functions.pointee.PQcancel(self.request, &words, Int32(words.count))
      self.library.cancellationsUnderWay.withLock { $0 -= 1 }
    }
  }
}
