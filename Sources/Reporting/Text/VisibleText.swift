/// Text that is safe to print: whatever a log hides in it, nothing reaches the terminal but characters to look at.
///
/// Logs are hostile: an error text may hold escape sequences that move the cursor, line breaks that forge a line of the
/// report, or bidirectional controls that show words in another order than they have. All of those, and everything
/// else without a shape of its own, become a visible notation (`\x1b`, `\n`, `\u{202e}`). Tabs become a blank.
///
/// Every format builds its output from this type.
struct VisibleText: Hashable, Sendable {
  /// The text without anything that a terminal or a browser would act on.
  let text: String

  /// Escapes `raw`.
  ///
  /// With `ascii` the characters outside ASCII are spelled out too (`→` as `->`). At most `limit` scalars of `raw` are
  /// looked at; the rest is dropped, and `…` says so.
  init(_ raw: some StringProtocol, ascii: Bool = false, limit: Int = .max) {
    if Self.isPrintable(raw, limit: limit) {
      text = String(raw)
      return
    }
    var builder = Builder(ascii: ascii)
    var count = 0
    for scalar in raw.unicodeScalars {
      guard count < limit else {
        builder.append("…")
        break
      }
      builder.append(scalar)
      count += 1
    }
    text = builder.result
  }

  /// Whether a text is of printable ASCII alone, of at most `limit` characters, and so is what is to be seen of it.
  private static func isPrintable(_ raw: some StringProtocol, limit: Int) -> Bool {
    var count = 0
    for byte in raw.utf8 {
      guard count < limit, byte >= 0x20, byte < 0x7F else { return false }
      count += 1
    }
    return true
  }

  /// The columns that it takes on a terminal.
  var width: Int { DisplayWidth.of(text) }

  /// Whether a scalar must not be printed as it is: controls, format characters, line separators, unassigned ones.
  static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value < 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: return true
    default: return false
    }
  }

  /// The visible notation of a scalar: `\n`, `\x1b`, `\u{202e}`.
  static func notation(of scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": " "
    default: hexadecimal(scalar.value)
    }
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    guard value < 0x100 else { return "\\u{\(digits)}" }
    return "\\x" + (digits.count < 2 ? "0" : "") + digits
  }
}

/// Collects escaped scalars.
private struct Builder {
  /// Letters with accents have one or two marks; more are there to spill over the lines around.
  private static let mostMarks = 3

  private let ascii: Bool
  private var marks = 0
  private var isFirst = true
  private(set) var result = ""

  init(ascii: Bool) {
    self.ascii = ascii
  }

  mutating func append(_ scalar: Unicode.Scalar) {
    defer { isFirst = false }
    if scalar.value >= 0x20, scalar.value < 0x7F {
      marks = 0
      result.unicodeScalars.append(scalar)
    } else if VisibleText.isUnsafe(scalar) {
      marks = 0
      result += VisibleText.notation(of: scalar)
    } else if ascii {
      result += Self.asciiForms[scalar] ?? VisibleText.notation(of: scalar)
    } else if DisplayWidth.isMark(scalar) {
      appendMark(scalar)
    } else {
      marks = 0
      result.unicodeScalars.append(scalar)
    }
  }

  private mutating func appendMark(_ scalar: Unicode.Scalar) {
    marks += 1
    if isFirst || marks > Self.mostMarks {
      result += VisibleText.notation(of: scalar)
    } else {
      result.unicodeScalars.append(scalar)
    }
  }

  /// How the report's own signs look without Unicode.
  private static let asciiForms: [Unicode.Scalar: String] = [
    "→": "->", "←": "<-", "×": "x", "…": "...", "±": "+/-", "·": "-", "–": "-", "—": "-", "─": "-", "│": "|",
    "█": "#", "░": ".", "▶": ">", "≤": "<=", "≥": ">=", "“": "\"", "”": "\"", "‘": "'", "’": "'", "•": "*",
    "\u{A0}": " ",
  ]
}
