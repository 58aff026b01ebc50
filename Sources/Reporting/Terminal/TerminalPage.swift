import Contract
import Model

/// The lines of a terminal report.
///
/// Everything that is printed passes through here, is escaped here, and is cut to the width here; only commands may be
/// wider, so that they can be copied whole.
struct TerminalPage {
  /// The columns of a label beside its text.
  static let labelColumn = 16

  let options: TerminalOptions
  private var lines: [String] = []
  /// The rows that commands take beyond one each, because the terminal wraps what is wider than it.
  private var wrappedRows = 0

  init(options: TerminalOptions) {
    self.options = options
  }

  var width: Int { options.width }

  /// Whether there is no room for labels beside text.
  var isNarrow: Bool { width < 60 }

  /// What stands for dropped text.
  var ellipsis: String { options.ascii ? "..." : "…" }

  /// The number of lines so far.
  var lineCount: Int { lines.count }

  /// The rows that the lines take on the terminal.
  var screenRows: Int { lines.count + wrappedRows }

  /// The page with a line break after each line.
  var text: String { lines.map { $0 + "\n" }.list(separator: "") }

  /// `raw` escaped, of which `limit` scalars are looked at: the rest would be cut anyway.
  func visible(_ raw: String, limit: Int = 1_000) -> VisibleText {
    VisibleText(raw, ascii: options.ascii, limit: limit)
  }

  /// `raw` escaped, cut and filled up to exactly `columns`.
  func cell(_ raw: String, _ columns: Int, right: Bool = false) -> String {
    let text = cut(raw, columns)
    return right ? text.leftPadded(to: columns) : text.padded(to: columns)
  }

  /// `raw` escaped and cut to `columns`.
  func cut(_ raw: String, _ columns: Int) -> String {
    visible(raw, limit: max(0, columns) * 4 + 16).text.cut(to: columns, ellipsis: ellipsis)
  }
}

// MARK: - Adding lines

extension TerminalPage {
  /// Adds the lines of another page.
  mutating func append(_ other: TerminalPage) {
    lines += other.lines
    wrappedRows += other.wrappedRows
  }

  mutating func blank() {
    guard lines.last?.isEmpty == false else { return }
    lines.append("")
  }

  /// One line of several pieces, cut where the width ends.
  mutating func line(_ runs: Run...) {
    line(runs)
  }

  mutating func line(_ runs: [Run]) {
    var columns = 0
    var output = ""
    for run in runs where columns < width {
      let text = cut(run.text, width - columns)
      columns += DisplayWidth.of(text)
      output += options.color ? run.style.paint(text) : text
    }
    lines.append(output.trimmingBlanksAtEnd)
  }

  /// Text wrapped to the width, behind `indent` blanks; of its lines `most` are kept, and `…` says that there are more.
  mutating func paragraph(_ text: String, indent: Int = 0, style: Style = .plain, most: Int = 20) {
    for line in wrapped(text, indent: indent, most: most) {
      self.line(Run(String(repeating: " ", count: indent)), Run(line, style))
    }
  }

  func wrapped(_ text: String, indent: Int, most: Int = 20) -> [String] {
    visible(text, limit: width * most * 4).wrapped(to: width - indent, most: most, ellipsis: ellipsis)
  }

  /// A label and its text beside it, or below it where there is no room.
  mutating func labelled(
    _ label: String,
    _ text: String,
    style: Style = .plain,
    column: Int = labelColumn,
    most: Int = 20
  ) {
    guard !isNarrow else {
      line(Run(label, .strong))
      return paragraph(text, indent: label.prefix { $0 == " " }.count + 2, style: style, most: most)
    }
    let texts = wrapped(text, indent: column, most: most)
    for (index, text) in texts.enumerated() {
      line(Run(cell(index == 0 ? label : "", column), .strong), Run(text, style))
    }
  }

  /// A section's title, set apart.
  mutating func heading(_ title: String, note: String = "") {
    blank()
    let space = width - DisplayWidth.of(title)
    let fits = visible(note).width + 2 <= space
    line(Run(title, .strong), Run(fits ? cell(note, space, right: true) : "", .faint))
    if !fits { paragraph(note, style: .faint, most: 2) }
    rule()
  }

  mutating func rule(double: Bool = false) {
    let sign = options.ascii ? (double ? "=" : "-") : double ? "═" : "─"
    line(Run(String(repeating: sign, count: width), .faint))
  }

  /// A command on a line of its own, whole whatever its length.
  mutating func command(_ command: String, indent: Int) {
    let text = VisibleText(command).text
    wrappedRows += max(0, indent + DisplayWidth.of(text) - 1) / width
    lines.append(String(repeating: " ", count: indent) + (options.color ? Style.command.paint(text) : text))
  }

  /// Lines of the input with their places: one line each where the terminal is wide, else a few, then cut.
  mutating func evidence(_ evidence: [Evidence], indent: Int, most: Int = 3, tellRest: Bool = true) {
    for line in evidence.prefix(most) {
      let place = self.place(of: line) + "  "
      let column = isNarrow ? indent + 2 : indent + DisplayWidth.of(place)
      let text = visible(line.text, limit: width * 4)
      if isNarrow { self.line(Run(spaces(indent)), Run(place, .faint)) }
      let room = width - column
      let texts =
        width >= 100 || text.width <= room
        ? [text.text.cut(to: room, ellipsis: ellipsis)]
        : text.wrapped(to: room, most: isNarrow ? 3 : 2, ellipsis: ellipsis)
      for (index, text) in texts.enumerated() {
        let lead = isNarrow || index > 0 ? spaces(column) : spaces(indent) + place
        self.line(Run(lead, .faint), Run(text))
      }
    }
    guard tellRest, evidence.count > most else { return }
    let rest = countText(evidence.count - most, "more line")
    paragraph("and \(rest), see --format json", indent: indent, style: .faint)
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  /// `pg2:57`; of a long source name the end is kept, where files differ.
  private func place(of evidence: Evidence) -> String {
    let most = max(12, width / 3)
    let source = visible(String(evidence.source.suffix(200))).text
    let columns = most - String(evidence.line).count - 1
    guard DisplayWidth.of(source) > columns else { return "\(source):\(evidence.line)" }
    var end = ""
    var taken = DisplayWidth.of(ellipsis)
    for character in source.reversed() {
      taken += DisplayWidth.of(character)
      if taken > columns { break }
      end.insert(character, at: end.startIndex)
    }
    return "\(ellipsis)\(end):\(evidence.line)"
  }
}

extension String {
  /// The string without blanks at its end.
  fileprivate var trimmingBlanksAtEnd: String {
    var rest = self[...]
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
