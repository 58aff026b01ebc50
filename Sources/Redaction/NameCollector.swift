package import Contract

/// Collects what a redaction has to hide: names that the report knows, and names that lines give away by what stands
/// around them (`host=…`, `user "…"`, `postgres://…@…`).
package struct NameCollector {
  private(set) var names: [NameKind: Set<String>] = [:]
  private(set) var paths: Set<String> = []

  package init() {}

  /// Takes in the names that the report has of members, sources and the cluster.
  package mutating func take(_ report: Report) {
    add(report.cluster.name, as: .cluster)
    add(report.cluster.systemIdentifier, as: .number)
    for member in report.cluster.members {
      for alias in [member.name] + member.aliases { takeAlias(alias) }
    }
    for source in report.input.sources {
      takeAlias(source.name)
      if let member = source.member { takeAlias(member) }
      if source.path.contains("/") { paths.insert(source.path) }
    }
    for coverage in report.coverage {
      for name in [coverage.member, coverage.source].compactMap({ $0 }) { takeAlias(name) }
    }
  }

  /// Takes in what a text gives away.
  package mutating func take(_ text: String) {
    let text = ByteText(text)
    for index in 0..<text.count {
      if let address = AddressScanner.address(in: text, at: index) { add(text.text(address), as: .address) }
      guard text.isBoundary(index) || text[index] == UInt8(ascii: ":") else { continue }
      takeContext(in: text, at: index)
    }
  }

  // MARK: - Names by what stands before them

  private mutating func takeContext(in text: ByteText, at index: Int) {
    switch ByteText.lowercased(text[index]) {
    case UInt8(ascii: "h"):
      takeValue(after: "hostname", .node, text, index)
      takeValue(after: "hostaddr", .node, text, index)
      takeValue(after: "host name", .node, text, index)
      takeValue(after: "host", .node, text, index)
    case UInt8(ascii: "u"):
      takeValue(after: "username", .user, text, index)
      takeValue(after: "user", .user, text, index)
    case UInt8(ascii: "r"): takeValue(after: "role", .user, text, index)
    case UInt8(ascii: "d"):
      takeValue(after: "dbname", .database, text, index)
      takeValue(after: "database", .database, text, index)
      takeValue(after: "db", .database, text, index)
    case UInt8(ascii: "s"):
      takeValue(after: "server at", .node, text, index)
      takeSession(text, index)
    case UInt8(ascii: "c"): takeSession(text, index)
    case UInt8(ascii: ":"): takeAuthority(text, index)
    default: break
    }
  }

  /// `key=value`, `key="value"`, `"key":"value"` or `key "value"`.
  private mutating func takeValue(after key: StaticString, _ kind: NameKind, _ text: ByteText, _ index: Int) {
    guard text.has(key, at: index) else { return }
    var place = index + key.utf8CodeUnitCount
    guard !ByteText.isWord(text.at(place)) else { return }
    let isQuotedKey = Self.isQuote(text.at(place))
    if isQuotedKey { place += 1 }
    place = text.skipping([UInt8(ascii: " ")], from: place)
    let mark = text.at(place)
    let hasMark = mark == UInt8(ascii: "=") || isQuotedKey && mark == UInt8(ascii: ":")
    if hasMark { place = text.skipping([UInt8(ascii: " ")], from: place + 1) }
    let quote = text.at(place)
    if Self.isQuote(quote), hasMark || !isQuotedKey {
      let end = text.upTo([quote], from: place + 1, within: Self.longestValue)
      if text.at(end) == quote { takeList(text.text(place + 1..<end), kind) }
    } else if mark == UInt8(ascii: "=") {
      takeList(text.text(place..<text.upTo(Self.ends, from: place, within: Self.longestValue)), kind)
    }
  }

  /// Several hosts stand in one value, separated by commas; a slash begins a path to a socket.
  private mutating func takeList(_ value: String, _ kind: NameKind) {
    for name in value.split(separator: ",") where !name.hasPrefix("/") && !name.contains(" ") {
      takeName(String(name), kind)
    }
  }

  /// PgBouncer's head of a session, a client's (`C-`) or a server's (`S-`): `C-0x55d0: database/user@address:port` (`src/util.c`).
  private mutating func takeSession(_ text: ByteText, _ index: Int) {
    guard text.has("c-0x", at: index) || text.has("s-0x", at: index) else { return }
    let start = text.upTo([UInt8(ascii: ":")], from: index, within: 64) + 1
    guard text.at(start) == UInt8(ascii: " ") else { return }
    let slash = text.upTo([UInt8(ascii: "/"), UInt8(ascii: " ")], from: start + 1, within: Self.longestValue)
    let at = text.upTo([UInt8(ascii: "@"), UInt8(ascii: " ")], from: slash, within: Self.longestValue)
    guard text.at(slash) == UInt8(ascii: "/"), text.at(at) == UInt8(ascii: "@") else { return }
    takeName(text.text(start + 1..<slash), .database)
    takeName(text.text(slash + 1..<at), .user)
  }

  /// `scheme://user:password@host:port/path`.
  private mutating func takeAuthority(_ text: ByteText, _ index: Int) {
    guard text.at(index + 1) == UInt8(ascii: "/"), text.at(index + 2) == UInt8(ascii: "/") else { return }
    let end = text.upTo(Self.ends + [UInt8(ascii: "/"), UInt8(ascii: ">")], from: index + 3, within: Self.longestValue)
    var authority = text.text(min(index + 3, end)..<end)
    if let at = authority.lastIndex(of: "@") {
      takeName(String(authority[..<at].prefix { $0 != ":" }), .user)
      authority = String(authority[authority.index(after: at)...])
    }
    guard !authority.hasPrefix("["), !AddressScanner.isAddress(authority) else { return }
    takeName(String(authority.prefix { $0 != ":" }), .node)
  }

  // MARK: - Adding

  /// An alias may be `backend/server`.
  private mutating func takeAlias(_ alias: String) {
    for part in alias.split(separator: "/") { takeName(String(part), .node) }
  }

  /// A host's name with a domain also gives its first label away.
  private mutating func takeName(_ name: String, _ kind: NameKind) {
    guard !AddressScanner.isAddress(name), name.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "*") }) else {
      return
    }
    add(name, as: kind)
    if kind == .node, let label = name.split(separator: ".").first, label.count < name.count {
      add(String(label), as: kind)
    }
  }

  private mutating func add(_ name: String?, as kind: NameKind) {
    guard let name, !name.isEmpty, name.utf8.count <= 255 else { return }
    guard kind == .address || kind == .number || !GenericWords.contains(name) else { return }
    names[kind, default: []].insert(name)
  }

  private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

  /// So much is looked at from each place, so that no text takes longer than its length.
  private static let longestValue = 256

  private static let ends: [UInt8] = Array(" \t;\"'(){}[]".utf8)
}
