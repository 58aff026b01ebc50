/// The blocks of a ticket and what happens if they are too long for one: the least important are left out, the folded
/// ones are shortened, and each says so.
struct MarkdownDocument {
  /// Bytes of a whole ticket.
  ///
  /// GitHub takes 65,536 characters; the rest is for what people add.
  static let mostBytes = 59_000

  /// How much a reader would miss a block.
  enum Importance: Int {
    case frame
    case answers
    case causes
    case story
    case details
  }

  private enum Body {
    case text(String)
    /// A block behind a click, whose rows can be cut.
    case fold(title: String, rows: [String], kind: FoldKind)
  }

  enum FoldKind {
    case code
    case table(titles: [String])
  }

  private struct Block {
    let name: String
    let importance: Importance
    var body: Body

    var isFold: Bool {
      guard case .fold = body else { return false }
      return true
    }
  }

  private var blocks: [Block] = []

  /// Adds Markdown; empty text is no block.
  ///
  /// `name` is what is said to be missing if there is no room.
  mutating func add(_ text: String, name: String, _ importance: Importance) {
    guard !text.isEmpty else { return }
    blocks.append(Block(name: name, importance: importance, body: .text(text)))
  }

  /// Adds rows behind a click.
  mutating func fold(_ title: String, rows: [String], as kind: FoldKind) {
    guard !rows.isEmpty else { return }
    blocks.append(Block(name: title, importance: .details, body: .fold(title: title, rows: rows, kind: kind)))
  }

  /// The ticket, at most `mostBytes` long.
  func rendered() -> String {
    var document = self
    document.leaveOut(to: Self.mostBytes)
    var room = Self.mostBytes - document.fixedBytes
    var folds = document.blocks.filter(\.isFold).count
    var parts: [String] = []
    for block in document.blocks {
      switch block.body {
      case .text(let text): parts.append(text)
      case .fold(let title, let rows, let kind):
        let text = Self.folded(title, rows, kind, room: room / max(1, folds))
        folds -= 1
        room -= text.utf8.count
        parts.append(text)
      }
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }
}

// MARK: - Making room

extension MarkdownDocument {
  /// The least that a folded block needs to be worth its title.
  private static let leastFold = 400

  private var fixedBytes: Int {
    blocks.reduce(0) { sum, block in
      guard case .text(let text) = block.body else { return sum + 2 }
      return sum + text.utf8.count + 2
    }
  }

  /// Replaces text blocks by a line each until the rest fits: the least important first, of those the last.
  private mutating func leaveOut(to limit: Int) {
    let reserve = blocks.filter(\.isFold).count * Self.leastFold
    var excess = fixedBytes + reserve - limit
    let order = blocks.indices.filter { !blocks[$0].isFold && blocks[$0].importance != .frame }
      .sorted { (blocks[$0].importance.rawValue, $0) > (blocks[$1].importance.rawValue, $1) }
    for index in order {
      guard excess > 0, case .text(let text) = blocks[index].body else { break }
      let note = "*\(blocks[index].name): left out for length, see the JSON report.*"
      guard text.utf8.count > note.utf8.count else { continue }
      blocks[index].body = .text(note)
      excess -= text.utf8.count - note.utf8.count
    }
  }

  private static func folded(_ title: String, _ rows: [String], _ kind: FoldKind, room: Int) -> String {
    var left = room - title.utf8.count - 300
    let kept = rows.prefix { row in
      left -= row.utf8.count + 1
      return left >= 0
    }
    let rest = rows.count - kept.count
    let note = rest == 0 ? "" : "\n\n*\(countText(rest, "more row")) left out for length, see the JSON report.*"
    guard !kept.isEmpty else { return "*\(title): left out for length, see the JSON report.*" }
    let body =
      switch kind {
      case .code: MarkdownText.fenced(Array(kept))
      case .table(let titles):
        ([titles, titles.map { _ in "---" }].map { "| \($0.joined(separator: " | ")) |" } + kept).joined(
          separator: "\n"
        )
      }
    return "<details>\n<summary>\(title)</summary>\n\n\(body)\(note)\n\n</details>"
  }
}
