import Reporting

/// How a piece of a line stands out; the words say the same, so that no colour is needed.
package enum ScreenStyle: Hashable, Sendable {
  case plain
  case strong
  case critical
  case warning
  case good
  case faint
  case command
  /// The line that a key would act on.
  case selected

  /// The SGR parameters (ECMA-48); nil for text as it is.
  var sgr: String? {
    switch self {
    case .plain: nil
    case .strong: "1"
    case .critical: "1;31"
    case .warning: "33"
    case .good: "32"
    case .faint: "2"
    case .command: "1;36"
    case .selected: "7"
    }
  }
}

/// A line of the screen: pieces of visible text, never wider than the screen.
package struct ScreenLine: Hashable, Sendable {
  private struct Piece: Hashable, Sendable {
    var text: String
    var style: ScreenStyle
  }

  private let limit: Int
  private var pieces: [Piece] = []
  private var used = 0

  /// An empty line of at most `width` columns.
  init(width: Int) {
    limit = max(0, width)
  }

  /// The columns in use.
  var width: Int { used }

  /// The columns that are left.
  var room: Int { limit - used }

  /// Adds text, escaped and cut to the room that is left.
  mutating func add(_ raw: String, _ style: ScreenStyle = .plain) {
    let text = Self.cut(visible(raw), to: room)
    guard !text.isEmpty else { return }
    used += DisplayWidth.of(text)
    pieces.append(Piece(text: text, style: style))
  }

  /// Adds text, cut to so many columns.
  mutating func add(upTo width: Int, _ raw: String, _ style: ScreenStyle = .plain) {
    add(Self.cut(visible(raw), to: min(width, room)), style)
  }

  /// Adds text in a column of `width` columns and a blank after it.
  mutating func add(_ raw: String, column width: Int, _ style: ScreenStyle = .plain) {
    let text = Self.cut(visible(raw), to: min(width, room))
    add(text, style)
    add(String(repeating: " ", count: max(0, min(room, width + 1 - DisplayWidth.of(text)))))
  }

  /// Adds text at the right edge, if it fits.
  mutating func add(right raw: String, _ style: ScreenStyle = .plain) {
    let text = visible(raw)
    let gap = room - DisplayWidth.of(text)
    guard gap >= 1 else { return }
    add(String(repeating: " ", count: gap))
    add(text, style)
  }

  /// The line without any style.
  package var text: String { pieces.map(\.text).joined() }

  /// The line with escape sequences for its styles.
  package var painted: String {
    pieces.map { piece in
      piece.style.sgr.map { "\u{1b}[\($0)m\(piece.text)\u{1b}[0m" } ?? piece.text
    }
    .joined()
  }

  /// The text cut to `width` columns, ending in `…` if anything was dropped.
  static func cut(_ text: String, to width: Int) -> String {
    guard DisplayWidth.of(text) > width else { return text }
    guard width > 0 else { return "" }
    var columns = 0
    var result = ""
    for character in text {
      columns += DisplayWidth.of(character)
      guard columns <= width - 1 else { break }
      result.append(character)
    }
    return result + "…"
  }

  /// The text in lines of at most `width` columns, broken at blanks.
  static func wrap(_ raw: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in visible(raw).split(separator: " ") {
      let joined = line.isEmpty ? String(word) : line + " " + word
      if DisplayWidth.of(joined) <= width || line.isEmpty {
        line = joined
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
