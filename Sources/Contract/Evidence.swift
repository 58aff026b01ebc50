package import Model

/// A line of the input that shows a claim.
package struct Evidence: Codable, Hashable, Sendable {
  package var source: String
  /// 1-based line number in that input.
  package var line: Int
  package var at: Instant?
  package var text: String

  package init(
    source: String,
    line: Int = 0,
    at: Instant? = nil,
    text: String
  ) {
    self.source = source
    self.line = line
    self.at = at
    self.text = text
  }

  private enum CodingKeys: String, CodingKey {
    case source
    case line
    case at
    case text
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(source, forKey: .source)
    try container.encode(line, forKey: .line)
    try container.encode(at, forKey: .at)
    try container.encode(text, forKey: .text)
  }
}
