package import Contract
import Model

/// The story of all incidents as comma-separated values (RFC 4180), a row an event, with a row of titles.
///
/// A cell that a spreadsheet would take for a formula begins with an apostrophe instead.
package func csv(_ report: Report) -> String {
  let titles = [
    "incident", "at", "uncertainty_s", "source", "line", "component", "member", "kind", "summary", "text",
  ]
  let rows = report.incidents.flatMap { incident in
    incident.timeline.map { entry in
      [
        incident.id, entry.at.rfc3339, CSVText.number(entry.uncertainty), entry.source, String(entry.evidence.line),
        entry.component, entry.member ?? "", entry.kind, entry.summary, entry.evidence.text,
      ]
    }
  }
  return ([titles] + rows).map { $0.map(CSVText.cell).joined(separator: ",") + "\r\n" }.joined()
}

/// Cells of comma-separated values.
enum CSVText {
  /// What begins a formula in one spreadsheet or another.
  private static let formulaStarts: Set<Character> = ["=", "+", "-", "@", "\t", "\r", "|", "%"]

  /// The text as one cell: visible, no formula, quoted where it must be.
  static func cell(_ raw: String) -> String {
    let text = VisibleText(raw, limit: 30_000).text
    let first = text.first { $0 != " " }
    let isFormula = first.map { formulaStarts.contains($0) || !$0.isASCII && $0.isFullWidthOperator } ?? false
    let safe = isFormula ? "'" + text : text
    guard safe.contains(where: { $0 == "," || $0 == "\"" }) || safe.hasPrefix(" ") else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }

  /// A number of seconds with three digits at most.
  static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "" }
    let thousandths = Int((value * 1000).rounded())
    if thousandths % 1000 == 0 { return String(thousandths / 1000) }
    return "\(Double(thousandths) / 1000)"
  }
}

extension Character {
  /// Full-width forms of the signs that begin a formula; some spreadsheets take them for the same.
  fileprivate var isFullWidthOperator: Bool { ["＝", "＋", "－", "＠"].contains(self) }
}
