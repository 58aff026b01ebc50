import Synchronization

/// Complaints of what works beside the main loop, until the loop has a place to show them.
final class ComplaintBox: Sendable {
  private static let limit = 50
  private let waiting = Mutex<[String]>([])

  /// Adds a complaint; a flood of them is cut.
  func add(_ complaint: String) {
    waiting.withLock { if $0.count < Self.limit { $0.append(complaint) } }
  }

  /// Takes all out.
  func take() -> [String] {
    waiting.withLock { list in
      defer { list = [] }
      return list
    }
  }
}

/// Waits for asynchronous work from outside of it: for the few things that must be done before the loop begins.
func waitFor<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
  let box = Slot<Value>()
  Task { box.fill(await work()) }
  while true {
    if let value = box.value { return value }
    System.sleep(milliseconds: 2)
  }
}

/// A value that comes later.
final class Slot<Value: Sendable>: Sendable {
  private let content = Mutex<Value?>(nil)

  var value: Value? { content.withLock { $0 } }

  func fill(_ value: Value) { content.withLock { $0 = value } }

  /// Takes the value out.
  func take() -> Value? {
    content.withLock { value in
      defer { value = nil }
      return value
    }
  }
}
