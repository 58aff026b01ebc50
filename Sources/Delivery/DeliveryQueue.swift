/// What waits to be delivered: bounded, one entry an incident, the newest state of each.
struct DeliveryQueue<Element: Sendable>: Sendable {
  private let limit: Int
  private var entries: [(id: String, element: Element)] = []
  /// How many were given up because the queue was full.
  private(set) var dropped = 0

  init(limit: Int) {
    self.limit = limit
  }

  var count: Int { entries.count }

  /// Adds an element; it replaces an older one of the same incident that still waits.
  mutating func add(_ element: Element, id: String) {
    if let index = entries.firstIndex(where: { $0.id == id }) {
      entries[index].element = element
      return
    }
    entries.append((id, element))
    guard entries.count > limit else { return }
    entries.removeFirst()
    dropped += 1
  }

  /// Takes the oldest one.
  mutating func next() -> Element? {
    entries.isEmpty ? nil : entries.removeFirst().element
  }
}
