import Synchronization

/// The result of `operation`, or nil if it does not come by the deadline; the operation then goes on alone.
///
/// For calls that nothing can interrupt, such as the system's look-up of names.
func result<Value: Sendable>(
  by deadline: ContinuousClock.Instant,
  of operation: @escaping @Sendable () async -> Value
) async -> Value? {
  await withCheckedContinuation { continuation in
    let first = FirstAnswer(continuation)
    let alarm = Task {
      try? await Task.sleep(until: deadline, clock: .continuous)
      first.give(nil)
    }
    Task {
      first.give(await operation())
      alarm.cancel()
    }
  }
}

/// Resumes a continuation with what comes first.
private final class FirstAnswer<Value: Sendable>: Sendable {
  private let continuation: Mutex<CheckedContinuation<Value?, Never>?>

  init(_ continuation: CheckedContinuation<Value?, Never>) {
    self.continuation = Mutex(continuation)
  }

  func give(_ value: Value?) {
    let waiting = continuation.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
    waiting?.resume(returning: value)
  }
}
