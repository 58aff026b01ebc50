extension Redactor {
  /// The lines of a log, redacted; compose's column of names gets the width that the new names need.
  package func redacted(lines: [String]) -> [String] {
    let redacted = lines.map { self.redacted($0) }
    guard redacted != lines else { return lines }
    let width = redacted.compactMap(Self.composeName).map(\.count).max() ?? 0
    return redacted.map { line in
      guard let name = Self.composeName(line), let bar = line.firstIndex(of: "|") else { return line }
      return name + String(repeating: " ", count: width - name.count) + " " + line[bar...]
    }
  }

  /// The name in front of a line of `docker compose logs`: a word, blanks, a bar.
  private static func composeName(_ line: String) -> String? {
    guard let bar = line.firstIndex(of: "|") else { return nil }
    let column = line[..<bar]
    let name = column.prefix { $0 != " " }
    let isName = !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    return isName && column.dropFirst(name.count).allSatisfy { $0 == " " } ? String(name) : nil
  }
}
