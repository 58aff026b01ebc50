/// Names from a log as words of a shell command.
///
/// Whatever stands in a log may be hostile: a name is pasted as one word that the shell expands nowhere, or not at all.
package enum ShellWord {
  /// The value as one word: bare if it is harmless, else in single quotes.
  ///
  /// A value that is missing, too long for a name, looks like an option or holds characters that are not seen on a
  /// terminal is replaced by `placeholder`.
  package static func word(_ value: String?, or placeholder: String) -> String {
    guard let value, isName(value) else { return placeholder }
    return value.utf8.allSatisfy(isHarmless) ? value : quoted(value)
  }

  /// A script as one argument, such as that of `sh -c`.
  static func quoted(_ script: String) -> String {
    "'" + script.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  private static let longestName = 255

  private static func isName(_ value: String) -> Bool {
    guard !value.isEmpty, value.utf8.count <= longestName, !value.hasPrefix("-") else { return false }
    return value.unicodeScalars.allSatisfy(isVisible)
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    case .spaceSeparator: scalar == " "
    default: true
    }
  }

  private static func isHarmless(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "-"):
      true
    default:
      false
    }
  }
}
