import Model

/// The outages of all clients, which find those of a span without a look at the others.
///
/// Those of one operation follow each other: each ends with the success with which the next one may begin.
package struct ClientOutages: Sendable {
  /// In time order, the writes' first.
  package let all: [ClientOutage]
  private let windows: [Window]
  private let firstRead: Int

  init(_ all: [ClientOutage]) {
    self.all = all
    windows = all.map(\.window)
    firstRead = all.firstIndex { $0.operation == .read } ?? all.count
  }

  /// Those of an operation that share an instant with a span, in time order.
  package func of(_ operation: ClientOperation, overlapping span: Window) -> ArraySlice<ClientOutage> {
    let windows = windows[positions(of: operation)]
    let first = windows.partition { $0.to.map { $0 >= span.from } ?? true }
    guard let end = span.to else { return all[first..<windows.endIndex] }
    return all[first..<max(first, windows.partition { $0.from > end })]
  }

  /// Whether one of an operation shares an instant with a span.
  package func hasAny(of operation: ClientOperation, overlapping span: Window) -> Bool {
    !of(operation, overlapping: span).isEmpty
  }

  private func positions(of operation: ClientOperation) -> Range<Int> {
    switch operation {
    case .write: 0..<firstRead
    case .read: firstRead..<all.count
    }
  }
}
