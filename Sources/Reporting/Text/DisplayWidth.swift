/// How many columns of a terminal a character takes: 0, 1 or 2.
///
/// East Asian wide and emoji characters take two, combining marks none. Terminals disagree about rare emoji; where they
/// do, the larger width is taken, so that a line is rather too short than too long.
package enum DisplayWidth {
  /// The columns that `character` takes, whatever it is made of.
  package static func of(_ character: Character) -> Int {
    var width = 0
    for scalar in character.unicodeScalars {
      if scalar.value == 0xFE0F { return 2 }
      width = max(width, of(scalar))
    }
    return width
  }

  /// The columns of a text.
  package static func of(_ text: some StringProtocol) -> Int {
    ofPlain(text) ?? text.reduce(0) { $0 + of($1) }
  }

  /// The columns of a text in which nothing is wide and nothing joins what stands beside it, so that its scalars need
  /// only be counted; nil for any other.
  static func ofPlain(_ text: some StringProtocol) -> Int? {
    var columns = 0
    for scalar in text.unicodeScalars {
      guard isPlain(scalar) else { return nil }
      columns += 1
    }
    return columns
  }

  /// ASCII, dashes, quotation marks and dots, and the lines of tables.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F, 0x2010...0x2027, 0x2500...0x257F: true
    default: false
    }
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    if isMark(scalar) { return 0 }
    return isWide(scalar) ? 2 : 1
  }

  /// Whether the scalar is drawn onto the one before it.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.properties.isEmojiPresentation { return true }
    return wideRanges.contains { $0.contains(scalar.value) }
  }

  /// East Asian Width W and F of Unicode, joined to few ranges (unassigned code points between them included).
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD,
  ]
}
