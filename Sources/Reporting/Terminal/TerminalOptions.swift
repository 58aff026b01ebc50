/// How the terminal report looks.
///
/// Times are always UTC: the people of one incident sit in several zones.
package struct TerminalOptions: Hashable, Sendable {
  /// The narrowest report.
  package static let leastWidth = 40

  /// Columns, at least 40; 80 unless told.
  package var width: Int
  /// Whether to colour with escape sequences; nothing is said by colour alone.
  package var color: Bool
  /// Whether to keep to ASCII, for terminals and tickets that break on anything else.
  package var ascii: Bool

  package init(width: Int = 80, color: Bool = false, ascii: Bool = false) {
    self.width = max(Self.leastWidth, width)
    self.color = color
    self.ascii = ascii
  }
}
