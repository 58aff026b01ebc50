/// Names and what they are called in a redacted report.
///
/// A pseudonym has the shape of what it stands for, so that a redacted log can be analysed like the original: nodes are
/// words, addresses are addresses of the reserved block 240.0.0.0/4 (RFC 1112) or of 2001:db8::/32 (RFC 3849).
struct Pseudonyms {
  private let key: [UInt8]?
  private var names: [ArraySlice<UInt8>: String] = [:]
  /// How long the names are that begin with a word, longest first: a text is looked up once for each.
  private var lengths: [ArraySlice<UInt8>: [Int]] = [:]
  private var addresses: [String: String] = [:]

  /// Gives every collected name of the kinds that are hidden its pseudonym.
  init(_ collector: NameCollector, plan: RedactionPlan) {
    key = plan.key.map { Array($0.utf8) }
    var given: [String: String] = [:]
    for kind in NameKind.allCases where plan.hidden.contains(kind.redactable) {
      let names = (collector.names[kind] ?? []).filter { given[$0] == nil }.sorted()
      for (name, pseudonym) in pseudonyms(of: Self.roots(names, known: given), kind: kind) { given[name] = pseudonym }
    }
    addresses = given.filter { AddressScanner.isAddress($0.key) }
    addForms(&given)
    for (name, pseudonym) in given where addresses[name] == nil { add(name, pseudonym) }
    if plan.hidden.contains(.names) {
      sort()
      for path in collector.paths { add(path, self.pseudonym(ofPath: path)) }
    }
    sort()
  }

  /// The longest name that stands at `index` as a whole word, and its pseudonym.
  func match(in text: ByteText, at index: Int) -> (length: Int, pseudonym: String)? {
    guard text.isBoundary(index), let lengths = lengths[text.firstWord(from: index)] else { return nil }
    for length in lengths where index + length <= text.count && text.isBoundary(index + length) {
      if let pseudonym = names[text.bytes[index..<index + length]] { return (length, pseudonym) }
    }
    return nil
  }

  /// The pseudonym of an address; nil for one that was not collected.
  func pseudonym(ofAddress address: String) -> String? { addresses[address] }

  // MARK: - Giving

  private func pseudonyms(of names: [String], kind: NameKind) -> [(String, String)] {
    var counts: [String: Int] = [:]
    let digits = String(names.count).count
    return names.map { name in
      let lead = kind.lead(for: name)
      counts[lead, default: 0] += 1
      return (name, pseudonym(of: name, kind: kind, lead: lead, number: counts[lead] ?? 1, digits: digits))
    }
  }

  private func pseudonym(of name: String, kind: NameKind, lead: String, number: Int, digits: Int) -> String {
    let digest = key.map { SHA256.authentication(of: Array("\(kind.rawValue)|\(name)".utf8), key: $0) }
    switch kind {
    case .address: return Self.address(digest, number: number, isIPv6: name.contains(":"))
    case .number:
      let figure = digest.map { $0.prefix(7).reduce(0) { $0 << 8 | Int($1) } } ?? number
      return "9" + Self.padded(String(figure), to: max(1, name.utf8.count - 1))
    case .cluster, .node, .database, .user:
      let mark = digest.map { String(decoding: $0.prefix(4).flatMap(Self.letters), as: UTF8.self) }
      return "\(lead)-" + (mark ?? Self.padded(String(number), to: digits))
    }
  }

  private static func address(_ digest: [UInt8]?, number: Int, isIPv6: Bool) -> String {
    if isIPv6 {
      let groups = digest.map { bytes in
        stride(from: 0, to: 8, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
      }
      return groups.map { "2001:db8:\($0.joined(separator: ":")):0:1" } ?? "2001:db8::\(String(number, radix: 16))"
    }
    if let digest { return "\(240 + Int(digest[0] % 15)).\(digest[1]).\(digest[2]).\(digest[3])" }
    return "240.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"
  }

  /// Two letters a byte: digits could be taken for a date or a counter.
  private static func letters(_ byte: UInt8) -> [UInt8] { [0x61 + byte >> 4, 0x61 + byte & 15] }

  private static func padded(_ text: String, to length: Int) -> String {
    String(repeating: "0", count: max(0, length - text.count)) + text.suffix(length)
  }

  // MARK: - Forms of a name

  /// Names without those that are another's with an ordinal or a domain, as `pg1-0` or `pg1.example.org`.
  private static func roots(_ names: [String], known: [String: String]) -> [String] {
    let all = Set(names).union(known.keys)
    return names.filter { name in
      !name.indices.contains { index in
        guard name[index] == "-" || name[index] == ".", all.contains(String(name[..<index])) else { return false }
        let rest = name[name.index(after: index)...]
        return name[index] == "." || !rest.isEmpty && rest.allSatisfy { $0.isASCII && $0.isNumber }
      }
    }
  }

  /// Patroni names a slot after a member, with underscores for other marks (`patroni/utils.py`, `slot_name_from_member_name`).
  private func addForms(_ given: inout [String: String]) {
    for (name, pseudonym) in given.sorted(by: { $0.key < $1.key }) where name.contains("-") || name.contains(".") {
      let slot = Self.slotName(name)
      if given[slot] == nil, !AddressScanner.isAddress(name) { given[slot] = Self.slotName(pseudonym) }
    }
  }

  private static func slotName(_ name: String) -> String {
    String(name.lowercased().map { $0 == "-" || $0 == "." ? "_" : $0 })
  }

  /// A path tells the folders of a machine: only the file's own name stays, redacted.
  private func pseudonym(ofPath path: String) -> String {
    Redactor.replaced(String(path.split(separator: "/").last ?? "log"), by: self)
  }

  private mutating func add(_ name: String, _ pseudonym: String) {
    let text = ByteText(name)
    guard text.count > 0 else { return }
    names[text.bytes[...]] = pseudonym
    lengths[text.firstWord(from: 0), default: []].append(text.count)
  }

  private mutating func sort() {
    for (word, found) in lengths { lengths[word] = Set(found).sorted(by: >) }
  }
}

extension NameKind {
  /// What the user asks for to have it hidden.
  var redactable: Redactable {
    switch self {
    case .cluster, .node, .database, .number: .names
    case .user: .users
    case .address: .addresses
    }
  }
}
