/// Rows of cells under titles.
///
/// The last column takes the room that is left and wraps; where that is too little, each
/// row becomes a block of labelled lines.
struct TerminalTable {
  struct Column {
    let title: String
    let isRight: Bool

    init(_ title: String, right: Bool = false) {
      self.title = title
      isRight = right
    }
  }

  /// Below this, the last column is no column any more.
  private static let leastLastColumn = 16
  /// Other columns are cut to this share of the width.
  private static let mostOtherShare = 0.4

  let columns: [Column]
  let rows: [[String]]

  /// Writes the table, indented by two.
  func write(on page: inout TerminalPage) {
    guard !rows.isEmpty, let last = columns.indices.last else { return }
    let widths = columns.indices.dropLast().map { natural($0, on: page) }
    let room = page.width - 2 - widths.reduce(0) { $0 + $1 + 2 }
    guard room >= min(Self.leastLastColumn, natural(last, on: page)) else { return writeBlocks(on: &page) }
    writeLine(columns.map(\.title), style: .faint, widths: widths, room: room, on: &page)
    for row in rows {
      writeLine(row, style: .plain, widths: widths, room: room, on: &page)
    }
  }

  private func natural(_ column: Int, on page: TerminalPage) -> Int {
    let cells = rows.map { $0[column] } + [columns[column].title]
    let widest = cells.map { page.visible($0, limit: 200).width }.max() ?? 0
    return min(widest, Int(Double(page.width) * Self.mostOtherShare))
  }

  private func writeLine(_ row: [String], style: Style, widths: [Int], room: Int, on page: inout TerminalPage) {
    guard let lastCell = row.last else { return }
    let texts = page.visible(lastCell, limit: page.width * 24).wrapped(to: room, most: 6, ellipsis: page.ellipsis)
    for index in 0..<max(1, texts.count) {
      var line = "  "
      for (column, width) in widths.enumerated() {
        line += page.cell(index == 0 ? row[column] : "", width, right: columns[column].isRight) + "  "
      }
      let text = index < texts.count ? texts[index] : ""
      let isRight = columns.last?.isRight == true
      page.line(
        Run(line + (isRight ? text.leftPadded(to: min(room, natural(columns.count - 1, on: page))) : text), style)
      )
    }
  }

  private func writeBlocks(on page: inout TerminalPage) {
    for row in rows {
      page.paragraph(row[0], indent: 2, style: .strong, most: 2)
      for (column, text) in zip(columns, row).dropFirst() where !text.isEmpty {
        page.paragraph("\(column.title): \(text)", indent: 4, most: 6)
      }
    }
  }
}
