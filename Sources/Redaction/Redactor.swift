/// Takes out of texts what is to be hidden: the same name gets the same pseudonym everywhere.
package struct Redactor {
  private let plan: RedactionPlan
  private let pseudonyms: Pseudonyms

  /// `names` are those that were found in everything that is going to be redacted.
  package init(plan: RedactionPlan, names: NameCollector = NameCollector()) {
    self.plan = plan
    pseudonyms = Pseudonyms(names, plan: plan)
  }

  /// A text without secrets, and with pseudonyms for what is hidden.
  package func redacted(_ text: String) -> String {
    guard !plan.isIdle, !text.isEmpty else { return text }
    var bytes = ByteText(text)
    if !plan.showsSecrets { bytes.replace(SecretMask.cuts(in: bytes)) }
    if !plan.showsSecrets || plan.hidden.contains(.sql) {
      bytes.replace(StatementMask(hidesStatements: plan.hidden.contains(.sql)).cuts(in: bytes))
    }
    return renamed(bytes.text)
  }

  /// A text with pseudonyms for what is hidden, and everything else as it is.
  package func renamed(_ text: String) -> String {
    guard plan.hidden.contains(where: { $0 != .sql }) else { return text }
    var bytes = ByteText(text)
    bytes.replace(Self.cuts(in: bytes, by: pseudonyms, hidesAddresses: plan.hidden.contains(.addresses)))
    return bytes.text
  }

  /// A text with pseudonyms in the place of names.
  static func replaced(_ text: String, by pseudonyms: Pseudonyms) -> String {
    var bytes = ByteText(text)
    bytes.replace(cuts(in: bytes, by: pseudonyms, hidesAddresses: false))
    return bytes.text
  }

  private static func cuts(in text: ByteText, by pseudonyms: Pseudonyms, hidesAddresses: Bool) -> [Cut] {
    var cuts: [Cut] = []
    var index = 0
    while index < text.count {
      if let found = pseudonyms.match(in: text, at: index) {
        let end = endOfDomain(text, from: index + found.length)
        let domain = end > index + found.length ? ".example" : ""
        cuts.append(Cut(range: index..<end, replacement: found.pseudonym + domain))
        index = end
      } else if hidesAddresses, let address = AddressScanner.address(in: text, at: index) {
        let pseudonym = pseudonyms.pseudonym(ofAddress: text.text(address)) ?? unknownAddress
        cuts.append(Cut(range: address, replacement: pseudonym))
        index = address.upperBound
      } else {
        index += 1
      }
    }
    return cuts
  }

  /// The domain behind a host's name goes with it; the ending of a file does not.
  private static func endOfDomain(_ text: ByteText, from start: Int) -> Int {
    var end = start
    var last = start..<start
    while text.at(end) == UInt8(ascii: "."), ByteText.isLetter(text.at(end + 1)) {
      var index = end + 1
      while ByteText.isWord(text.at(index)) || text.at(index) == UInt8(ascii: "-") { index += 1 }
      last = end + 1..<index
      end = index
    }
    return fileEndings.contains(text.text(last)) ? start : end
  }

  private static let fileEndings: Set<String> = [
    "log", "gz", "zst", "json", "jsonl", "csv", "txt", "out", "err", "conf", "yml", "yaml", "py", "go", "c", "history",
    "service", "pid", "old", "backup", "sql", "example",
  ]

  /// What an address is called that nobody announced.
  private static let unknownAddress = "240.255.255.255"
}
