import Synchronization

/// Where the analysis leaves its numbers and a scrape picks them up: neither waits for the other.
package final class MetricsBoard: Sendable {
  private struct Content {
    var page = MetricsPage()
    var isHealthy = true
  }

  private let content = Mutex(Content())

  package init() {}

  /// Puts up new numbers.
  package func post(_ page: MetricsPage, isHealthy: Bool) {
    content.withLock { $0 = Content(page: page, isHealthy: isHealthy) }
  }

  package var text: String { content.withLock { $0.page.text } }

  /// Whether the analysis works: whether its inputs are alive.
  package var isHealthy: Bool { content.withLock { $0.isHealthy } }
}
