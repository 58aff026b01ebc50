import Clocks
import Model
import Reporting

/// Events as lines to read and to grep, with aligned columns.
struct EventText {
  private let sources: [String]
  private let placeWidth: Int
  private let componentWidth: Int
  private let kindWidth: Int

  /// Measures the columns.
  init(events: [TimedEvent], sources: [Source]) {
    self.sources = sources.map { visible($0.name) }
    var widths = (place: 0, component: 0, kind: 0)
    for event in events.lazy.map(\.event) {
      widths.place = max(widths.place, Self.place(of: event, self.sources).count)
      widths.component = max(widths.component, event.component.name.count)
      widths.kind = max(widths.kind, event.kind.rawValue.count)
    }
    placeWidth = min(widths.place, 40)
    componentWidth = widths.component
    kindWidth = widths.kind
  }

  /// Such as `2025-08-10T21:57:43.740Z  pg2:57  patroni  leader.acquired  2025-08-10 21:57:43,740 INFO: promoted …`.
  func line(_ timed: TimedEvent) -> String {
    let event = timed.event
    return [
      timed.at.rfc3339,
      Self.padded(Self.place(of: event, sources), placeWidth),
      Self.padded(visible(event.component.name), componentWidth),
      Self.padded(event.kind.rawValue, kindWidth),
      visible(event.text),
    ]
    .joined(separator: "  ")
  }

  private static func place(of event: Event, _ sources: [String]) -> String {
    let name = sources.indices.contains(event.source.index) ? sources[event.source.index] : "?"
    return "\(name):\(event.line)"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
