import Dispatch
import Synchronization

/// A value that is made at once, or on a thread of its own while others go on.
final class Deferred<Value: Sendable>: Sendable {
  private let made = Mutex<Value?>(nil)
  private let isReady = DispatchSemaphore(value: 0)

  /// Begins to make the value.
  init(isAside: Bool, _ make: @escaping @Sendable () -> Value) {
    guard isAside else {
      keep(make())
      return
    }
    DispatchQueue.global(qos: .userInitiated).async { [self] in keep(make()) }
  }

  /// The value.
  ///
  /// Waits until it is made.
  var value: Value {
    isReady.wait()
    isReady.signal()
    guard let value = made.withLock({ $0 }) else { preconditionFailure("a value that is ready was made") }
    return value
  }

  private func keep(_ value: Value) {
    made.withLock { $0 = value }
    isReady.signal()
  }
}
