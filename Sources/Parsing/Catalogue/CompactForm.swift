import Model

/// The form in which bundled parsers are embedded: what matching needs, with the literals already derived.
///
/// It is text of one record a line, in columns separated by tabs, so that reading it takes neither YAML nor any
/// analysis of patterns:
///
///     C  name  role  title  versions  program…
///     L  word  level
///     H  id  flags  kind  layout            then, for JSON and CSV, lines `A role name`
///     S  field  value                       of the head or message before
///     B  length                             of all lines of the component's messages, which follow
///     M  length  event  flags  id           with the length of the message's further lines, which follow
///     E  pattern                            of the message before
///     K  field  key                         of the message before
///     V  level word                         of the message before
///     W  head id                            of the message before
///     P  literal                            a beginning
///     R  literal                            a required text
///
/// The lengths, in bytes, make it possible to pass over what nobody asks for. Events and fields are numbers: their places
/// in the vocabulary, which is the same in the program that writes and the one that reads.
///
/// Backslashes and all bytes beyond printable ASCII are written as `\xHH`, except in patterns, where only tabs and line
/// feeds are replaced by their escapes.
enum CompactForm {
  static let header = "failscope parsers 2"

  /// What locations name in place of a file.
  static let file = "bundled"

  /// The vocabulary by number.
  static let events = EventKind.allCases
  static let fields = Field.inOrder

  /// Flags of heads and messages, as letters.
  enum Flag {
    static let namedOnly: Unicode.Scalar = "n"
    static let headless: Unicode.Scalar = "h"
    static let block: Unicode.Scalar = "b"
    static let suffices: Unicode.Scalar = "s"
    static let yields: Unicode.Scalar = "y"
  }

  static func escaped(_ text: some Sequence<UInt8>) -> String {
    var result = ""
    for byte in text {
      if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\\") {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "\\x" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}
