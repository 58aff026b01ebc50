/// A name in SQL, quoted so that it is nothing but a name.
package struct Identifier: Hashable, Sendable {
  /// The parts: a table's name, or its schema's before it.
  package let parts: [String]

  /// Reads a name as SQL does: `Name` is `name`, `"Name"` is `Name`, `schema.name` has two parts.
  ///
  /// Nil if it is no name, has more than two parts, or a part is longer than the 63 bytes to which PostgreSQL cuts names.
  package init?(_ text: String) {
    var reader = IdentifierReader(text)
    guard let parts = reader.parts(), parts.count <= 2, parts.allSatisfy({ $0.utf8.count <= 63 }) else { return nil }
    self.parts = parts
  }

  /// One part, exactly as it stands.
  package init(name: String) {
    parts = [name]
  }

  /// The name as it goes into a statement.
  package var quoted: String {
    parts.map { "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" }
      .joined(separator: ".")
  }
}

/// Reads the parts of a name: PostgreSQL's rules of identifiers (scan.l).
private struct IdentifierReader {
  private var rest: Substring

  init(_ text: String) {
    rest = text[...]
  }

  mutating func parts() -> [String]? {
    var parts: [String] = []
    repeat {
      guard let part = rest.first == "\"" ? quotedPart() : plainPart(), !part.isEmpty else { return nil }
      parts.append(part)
    } while take(".")
    return rest.isEmpty ? parts : nil
  }

  private mutating func take(_ character: Character) -> Bool {
    guard rest.first == character else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func quotedPart() -> String? {
    rest.removeFirst()
    var part = ""
    while let next = rest.popFirst() {
      if next == "\"", !take("\"") { return part }
      guard next != "\0" else { return nil }
      part.append(next)
    }
    return nil
  }

  private mutating func plainPart() -> String? {
    let part = rest.prefix { $0 == "_" || $0 == "$" || $0.isLetter || ($0.isASCII && $0.isNumber) }
    guard let first = part.first, first == "_" || first.isLetter else { return nil }
    rest = rest[part.endIndex...]
    // Only letters of ASCII are folded (`downcase_identifier` for multi-byte encodings).
    return String(part.map { $0.isASCII ? Character($0.lowercased()) : $0 })
  }
}
