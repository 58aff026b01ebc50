import Synchronization

/// Delivers one notice after the other to one place, beside the analysis, which never waits for it.
///
/// What cannot be delivered is tried again with growing pauses; meanwhile newer notices wait in a bounded queue, in which
/// a newer state of an incident takes the place of an older one.
package final class Courier: Sendable {
  /// What came of an attempt.
  package enum Outcome: Sendable, Hashable {
    case delivered
    /// It may work later.
    case failed(String)
    /// It will not work however often it is tried.
    case refused(String)
  }

  /// What a courier has done.
  package struct Tally: Sendable, Hashable {
    package var waiting = 0
    package var delivered = 0
    package var failed = 0
    package var dropped = 0
  }

  private struct State {
    var queue: DeliveryQueue<Delivered>
    var tally = Tally()
    var isWorking = false
    var isStopping = false
  }

  /// What is delivered to, for messages.
  package let name: String
  private let attempt: @Sendable (Delivered) async -> Outcome
  private let complain: @Sendable (String) -> Void
  private let backoff: Backoff
  private let state: Mutex<State>

  /// - Parameters:
  ///   - name: what is delivered to, without secrets.
  ///   - limit: how many notices may wait.
  ///   - complain: called with a sentence about each failure.
  ///   - attempt: delivers once.
  package convenience init(
    name: String,
    limit: Int = 100,
    complain: @escaping @Sendable (String) -> Void,
    attempt: @escaping @Sendable (Delivered) async -> Outcome
  ) {
    self.init(name: name, limit: limit, backoff: Backoff(), complain: complain, attempt: attempt)
  }

  init(
    name: String,
    limit: Int,
    backoff: Backoff,
    complain: @escaping @Sendable (String) -> Void,
    attempt: @escaping @Sendable (Delivered) async -> Outcome
  ) {
    self.name = name
    self.attempt = attempt
    self.complain = complain
    self.backoff = backoff
    state = Mutex(State(queue: DeliveryQueue(limit: limit)))
  }

  /// What was done so far.
  package var tally: Tally {
    state.withLock { state in
      var tally = state.tally
      tally.waiting = state.queue.count + (state.isWorking ? 1 : 0)
      tally.dropped = state.queue.dropped
      return tally
    }
  }

  /// Whether nothing waits and nothing is under way.
  package var isIdle: Bool { state.withLock { !$0.isWorking && $0.queue.count == 0 } }

  /// Puts a notice into the queue and returns at once.
  package func send(_ delivered: Delivered) {
    let mustStart = state.withLock { state in
      state.queue.add(delivered, id: delivered.id)
      defer { state.isWorking = true }
      return !state.isWorking
    }
    if mustStart { Task { await work() } }
  }

  /// Makes pauses and further attempts end: what is not delivered at the next attempt is given up.
  package func stop() {
    state.withLock { $0.isStopping = true }
  }

  private func work() async {
    while let delivered = takeNext() {
      await deliver(delivered)
    }
  }

  private func takeNext() -> Delivered? {
    state.withLock { state in
      let next = state.queue.next()
      if next == nil { state.isWorking = false }
      return next
    }
  }

  private func deliver(_ delivered: Delivered) async {
    var backoff = backoff
    while true {
      switch await attempt(delivered) {
      case .delivered:
        state.withLock { $0.tally.delivered += 1 }
        return
      case .refused(let reason):
        giveUp(reason)
        return
      case .failed(let reason):
        guard let pause = backoff.next(), !state.withLock({ $0.isStopping }) else { return giveUp(reason) }
        complain("\(name): \(reason); it is tried again.")
        await wait(pause)
      }
    }
  }

  private func giveUp(_ reason: String) {
    state.withLock { $0.tally.failed += 1 }
    complain("\(name): \(reason); the notice is given up.")
  }

  private func wait(_ seconds: Double) async {
    var left = seconds
    while left > 0, !state.withLock({ $0.isStopping }) {
      try? await Task.sleep(for: .seconds(min(left, 0.1)))
      left -= 0.1
    }
  }
}
