import Contract
import Model

/// The critical path as a waterfall: each wait begins where the one before it ended.
enum WaterfallDrawing {
  private static let width = 1000.0

  /// A table whose rows hold a bar each; empty if there is no write outage.
  static func markup(_ incident: Incident, logEnd: Instant?) -> String {
    let segments = incident.downtime
    guard let first = segments.first else { return "" }
    let end = segments.compactMap(\.to).max() ?? logEnd ?? first.from
    let span = max(0.001, max(end, segments.last?.to ?? logEnd ?? end).seconds(since: first.from))
    let rows = zip(segments, segments.shares).map { segment, share in
      [
        HTMLText.escaped(segment.lengthText), HTMLText.escaped(share),
        "<strong>\(HTMLText.escaped("waiting for \(segment.waitingFor)"))</strong>"
          + bar(segment, from: first.from, span: span, end: end)
          + "<span class=\"soft\">\(HTMLText.escaped("\(segment.spanText). \(segment.explanation)"))</span>",
        segment.settings.map { HTMLText.escaped($0.text, limit: 300) }.joined(separator: "<br>"),
      ]
    }
    let table = HTMLText.table(
      "Critical path of the write outage",
      ["Took", "Share", "What was waited for", "Setting"],
      rows,
      numbers: [0, 1]
    )
    return "<div class=\"waterfall\">\(table)</div>"
  }

  private static func bar(_ segment: DowntimeSegment, from start: Instant, span: Double, end: Instant) -> String {
    let offset = segment.from.seconds(since: start) / span * width
    let length = max(3, (segment.to ?? end).seconds(since: segment.from) / span * width)
    return "<svg viewBox=\"0 0 \(Int(width)) 12\" aria-hidden=\"true\"><rect class=\"track\" x=\"0\" y=\"5\" "
      + "width=\"\(Int(width))\" height=\"2\"/><rect x=\"\(Int(min(offset, width - 3)))\" y=\"0\" "
      + "width=\"\(Int(min(length, width)))\" height=\"12\"/></svg>"
  }
}
