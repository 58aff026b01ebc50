package import Model

/// An event of the whole log, as the page's list and its client strip show it.
package struct PageEvent: Hashable, Sendable {
  package var at: Instant
  /// How far the true instant may lie on either side, in seconds.
  package var uncertainty: Double
  package var source: String
  package var line: Int
  package var component: String
  package var member: String?
  /// The kind of event, such as `client.write_failed`.
  package var kind: String
  package var text: String

  package init(
    at: Instant,
    uncertainty: Double,
    source: String,
    line: Int,
    component: String,
    member: String?,
    kind: String,
    text: String
  ) {
    self.at = at
    self.uncertainty = uncertainty
    self.source = source
    self.line = line
    self.component = component
    self.member = member
    self.kind = kind
    self.text = text
  }

  /// The row of the list: when, who, what.
  var row: JSONValue {
    let who = member.map { $0 == component ? $0 : "\($0) \(component)" } ?? component
    return [
      .string("\(dateText(at)) \(clockText(at, uncertainty: uncertainty))"), .string(VisibleText(who, limit: 100).text),
      .string("\(VisibleText(source, limit: 100).text):\(line)  \(VisibleText(text, limit: 600).text)"),
    ]
  }
}
