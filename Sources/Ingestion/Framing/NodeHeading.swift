import Model

/// A line with which somebody has headed the log of one node: `pg1:`, `### Logs of node-2`, `root@pg3:~# journalctl …`.
///
/// Such a line is prose, so that its shape alone proves little: what follows has to be a record of a log.
struct NodeHeading: Equatable {
  /// The node; empty for a heading such as `**PostgreSQL logs**`, which only ends the section before.
  var node: String
  /// The program that the heading names, or nil.
  var program: String?

  /// Longer lines are prose.
  private static let longest = 120
  private static let mostWords = 9

  /// Reads a line that no framing has claimed; nil if it is no heading.
  init?(_ bytes: Span<UInt8>, _ line: Range<Int>) {
    guard (2...Self.longest).contains(line.count), Self.mayBegin(bytes, line) else { return nil }
    let text = bytes.text(line)
    // A fence of Markdown and a mark of journalctl look like headings, but end nothing.
    guard !text.hasPrefix("```"), !text.hasPrefix("~~~"), !text.hasPrefix("-- ") else { return nil }
    if let prompt = Self.prompt(text) {
      self = prompt
    } else if let heading = Self.decorated(text) {
      self = heading
    } else {
      return nil
    }
  }

  private init(node: String, program: String?) {
    self.node = node
    self.program = program
  }

  /// A look at the first and last bytes, which no record of a log passes.
  private static func mayBegin(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Bool {
    let marks: StaticString = "#*=_<~-"
    let (first, last) = (bytes[line.lowerBound], bytes[line.upperBound - 1])
    if first == .tab || LineShape.beginsWithDate(bytes, line.lowerBound, line.upperBound) { return false }
    if last == .colon || first == UInt8(ascii: "$") || isOne(of: marks, first) || isOne(of: marks, last) { return true }
    // `user@host` at the beginning, as a prompt has it.
    for position in line.prefix(48) {
      if bytes[position] == UInt8(ascii: "@") { return true }
      if bytes[position] == .blank { return false }
    }
    return false
  }

  private static func isOne(of marks: StaticString, _ byte: UInt8) -> Bool {
    marks.withUTF8Buffer { $0.contains(byte) }
  }
}

// MARK: - Headings in prose

extension NodeHeading {
  private static let marks: Set<Character> = ["#", "*", "_", "=", "-", "`", "~", "•", "<", ">", " ", "\t"]

  /// Words that say that a log follows, but not whose.
  private static let fillers: Set<String> = [
    "log", "logs", "logfile", "logfiles", "file", "files", "output", "outputs", "of", "from", "on", "at", "in", "the",
    "for", "and", "a", "an", "is", "are", "here", "db", "database", "cluster", "journal", "journald", "journalctl",
    "systemd", "service", "during", "after", "before", "failover", "switchover", "restart", "crash", "status", "my",
    "our", "this", "that", "was", "became", "then", "later", "with", "side", "running", "container", "docker",
    "started",
    "starting",
  ]
  /// Words after which a number counts nodes.
  private static let nodeWords: Set<String> = [
    "node", "host", "server", "member", "instance", "pod", "vm", "machine",
  ]
  /// Words that say what a node was.
  private static let roles: Set<String> = [
    "old", "new", "former", "current", "leader", "primary", "master", "replica", "standby", "secondary", "slave",
    "follower",
  ]
  private static let programs: [String: String] = [
    "patroni": "patroni", "patroni.log": "patroni", "postgres": "postgresql", "postgresql": "postgresql",
    "postgresql.log": "postgresql", "postgres.log": "postgresql", "pg": "postgresql",
  ]

  /// A line in heading's marks, or one that ends with a colon.
  private static func decorated(_ text: String) -> NodeHeading? {
    let bare = withoutTags(text)
    let core = bare.drop { marks.contains($0) }
    let body = core.reversed().drop { marks.contains($0) || $0 == ":" }.reversed().map(String.init).joined()
    let isMarked = core.count < text.count && text.first != " " || core.hasSuffix(":") || core.hasSuffix(":**")
    guard isMarked, !body.isEmpty else { return nil }
    return heading(words: words(of: withoutListNumber(body)))
  }

  private static func heading(words: [String]) -> NodeHeading? {
    guard (1...mostWords).contains(words.count) else { return nil }
    var names: [String] = []
    var roleWords: [String] = []
    var program: String?
    var isAboutLogs = false
    for (index, word) in words.enumerated() {
      let lower = word.lowercased()
      if let known = programs[lower] {
        program = known
        isAboutLogs = true
      } else if roles.contains(lower) {
        roleWords.append(lower)
      } else if fillers.contains(lower) || nodeWords.contains(lower) {
        isAboutLogs = true
      } else if index > 0, nodeWords.contains(words[index - 1].lowercased()), Int(word) != nil {
        names.append(words[index - 1].lowercased() + word)
      } else {
        names.append(word)
      }
    }
    if let name = name(of: names) { return NodeHeading(node: name, program: program) }
    guard names.isEmpty else { return nil }
    if !roleWords.isEmpty { return NodeHeading(node: roleWords.joined(separator: " "), program: program) }
    return isAboutLogs ? NodeHeading(node: "", program: program) : nil
  }

  /// The one word that can be a node's name: a digit or a mark in it tells it from `Result:` and its like.
  private static func name(of words: [String]) -> String? {
    let telling = words.filter { word in word.contains { $0.isNumber || $0 == "-" || $0 == "." || $0 == "_" } }
    guard telling.count == 1, words.count <= 3, isHost(telling[0]) else { return nil }
    return telling[0]
  }

  private static func isHost(_ word: String) -> Bool {
    let bytes = Array(word.utf8)
    return HostPrefix.isHost(bytes.span, 0..<bytes.count)
  }

  private static func words(of text: String) -> [String] {
    let separators: Set<Character> = [" ", "\t", "(", ")", "[", "]", "'", "\"", "`", ",", ":", "*", "/", "’"]
    return text.split(whereSeparator: separators.contains).map { $0 == "s" ? "of" : String($0) }
  }

  /// `1. ` or `2) ` before a heading.
  private static func withoutListNumber(_ text: String) -> String {
    let digits = text.prefix { $0.isNumber }
    let rest = text.dropFirst(digits.count)
    guard !digits.isEmpty, let mark = rest.first, mark == "." || mark == ")", rest.dropFirst().first == " " else {
      return text
    }
    return String(rest.dropFirst(2))
  }

  /// `<summary>pg1</summary>` and its like.
  private static func withoutTags(_ text: String) -> String {
    guard text.contains("<") else { return text }
    var result = ""
    var isInside = false
    for character in text {
      if character == "<" { isInside = true }
      if !isInside { result.append(character) }
      if character == ">" { isInside = false }
    }
    return result
  }
}

// MARK: - Commands at a prompt

extension NodeHeading {
  /// `postgres@pg1:~$ tail …`, `[root@pg1 ~]# journalctl …`, `$ docker logs pg1`, `# kubectl logs pg-0 -c postgres`.
  private static func prompt(_ text: String) -> NodeHeading? {
    let words = text.split(separator: " ").map(String.init)
    guard let first = words.first else { return nil }
    if first == "$" || first == "#", words.count >= 2 { return command(words.dropFirst(), host: nil) }
    guard let at = first.firstIndex(of: "@") else { return nil }
    let offset = first.distance(from: first.startIndex, to: at)
    let tail = text.dropFirst(offset + 1)
    let host = tail.prefix { $0.isLetter || $0.isNumber || "-._".contains($0) }
    guard isHost(String(host)), let typed = typed(after: tail.dropFirst(host.count)) else { return nil }
    return command(typed.split(separator: " ").map(String.init)[...], host: String(host))
  }

  /// What was typed behind `:~$ `, ` ~]# ` or `% `.
  private static func typed(after host: Substring) -> Substring? {
    let signs = "$#%"
    var rest = host
    if rest.first == ":" {
      rest = rest.drop { !$0.isWhitespace && !signs.contains($0) }
    } else if rest.first == " " {
      rest = rest.dropFirst().drop { !$0.isWhitespace && $0 != "]" }
      guard rest.first == "]" else { return nil }
      rest = rest.dropFirst()
    }
    guard let sign = rest.first, signs.contains(sign) else { return nil }
    return rest.dropFirst()
  }

  private static func command(_ typed: ArraySlice<String>, host: String?) -> NodeHeading? {
    let words = typed.drop { $0 == "sudo" }
    let text = words.joined(separator: " ")
    for start in [
      "docker logs", "docker compose logs", "docker-compose logs", "podman logs", "kubectl logs", "oc logs",
    ]
    where text.hasPrefix(start + " ") {
      let arguments = words.dropFirst(start.split(separator: " ").count)
      return container(in: arguments).map { NodeHeading(node: $0, program: nil) }
    }
    guard let host else { return nil }
    let program = text.contains("patroni") ? "patroni" : text.contains("postgres") ? "postgresql" : nil
    return NodeHeading(node: host, program: program)
  }

  /// The one argument that is neither an option nor an option's value.
  private static func container(in arguments: ArraySlice<String>) -> String? {
    let valued: Set<String> = [
      "-n", "--namespace", "-c", "--container", "--tail", "--since", "--until", "-f", "--context",
    ]
    var names: [String] = []
    var isValue = false
    for argument in arguments.prefix(while: { $0 != "|" && $0 != ">" && $0 != "2>&1" }) {
      if isValue {
        isValue = false
      } else if argument.hasPrefix("-") {
        isValue = valued.contains(argument) && argument != "-f"
      } else {
        names.append(argument)
      }
    }
    guard names.count == 1, let name = names[0].split(separator: "/").last.map(String.init), isHost(name) else {
      return nil
    }
    return name
  }
}
