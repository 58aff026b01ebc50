/// A line of `docker compose logs`, taken apart.
struct ComposeLine: Hashable {
  /// The service; nil for what compose says itself (`pg1 exited with code 137`).
  var source: String?
  /// What the service printed, or the whole line.
  var text: String

  init(_ line: String) {
    text = line
    guard let bar = line.firstIndex(of: "|") else { return }
    let name = line[..<bar].drop { $0 == " " }.prefix { $0 != " " }
    let isColumn = !name.isEmpty && line[..<bar].dropFirst(name.count).allSatisfy { $0 == " " }
    guard isColumn, name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) }) else { return }
    source = String(name)
    let rest = line[line.index(after: bar)...]
    text = String(rest.first == " " ? rest.dropFirst() : rest)
  }

  init(source: String?, text: String) {
    self.source = source
    self.text = text
  }

  /// The line as compose prints it beside services whose names are up to `width` long.
  func printed(width: Int) -> String {
    guard let source else { return text }
    return source + String(repeating: " ", count: max(0, width - source.count)) + " | " + text
  }
}

extension LogSet {
  /// The lines of a single file in compose's form; nil for other logs.
  var composeLines: [ComposeLine]? {
    guard files.count == 1, let file = files.first else { return nil }
    let lines = file.lines.map { ComposeLine($0) }
    let named = lines.count { $0.source != nil }
    return named > 20 && named * 10 > lines.count * 8 ? lines : nil
  }
}

extension [ComposeLine] {
  /// The names of the services, sorted.
  var sources: [String] { Set(compactMap(\.source)).sorted() }

  /// A log of these lines as compose prints them.
  func log(named name: String = "compose.log") -> LogSet {
    let width = sources.map(\.count).max() ?? 0
    return LogSet(files: [LogFile(name: name, lines: map { $0.printed(width: width) })])
  }
}
