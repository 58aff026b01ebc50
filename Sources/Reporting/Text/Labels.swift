import Contract

/// A code as words for the eye: `read_only_window` as `read-only window`, `dcs_outage` as `DCS outage`.
func words(of code: String) -> String {
  var text = ""
  for word in code.split(separator: "_") {
    if !text.isEmpty { text += text.hasSuffix("read") && word.hasPrefix("only") ? "-" : " " }
    text += spelled[String(word)] ?? String(word)
  }
  return text
}

private let spelled = [
  "dcs": "DCS", "dns": "DNS", "wal": "WAL", "id": "ID", "patroni": "Patroni", "postgres": "PostgreSQL", "ttl": "TTL",
]

extension PhaseName {
  /// The phase in words, with the member where that tells phases apart.
  var label: String { words(of: rawValue) }
}

extension Phase {
  /// The phase in words, followed by its member if it has one.
  var label: String { member.map { "\(name.label) \($0)" } ?? name.label }
}

extension Observer {
  /// Who saw an outage, as the end of a sentence.
  var label: String {
    switch self {
    case .client: "as clients saw it"
    case .proxy: "as the proxy saw it"
    case .server: "as the servers' log shows it"
    case .cluster: "as the agents show it"
    }
  }
}

extension Observer {
  /// Who saw it, in a table.
  var witness: String {
    switch self {
    case .client: "seen by clients"
    case .proxy: "seen by the proxy"
    case .server: "seen by the server"
    case .cluster: "seen by the agents"
    }
  }
}

extension Finding {
  /// How sure the finding is, where it is not beyond doubt.
  var doubt: String? { confidence < 0.895 ? percentText(confidence) + " sure" : nil }
}

extension MemberState {
  /// Whether a member in this state serves.
  var isFine: Bool { self == .running || self == .streaming }

  /// The state as the end of a sentence about a member.
  var predicate: String {
    switch self {
    case .startFailed: "does not start"
    case .diverged: "has diverged"
    case .unknown: "is in an unknown state"
    case .running, .streaming, .stopped, .unreachable: "is \(rawValue)"
    }
  }
}

/// A share as whole percent: `95 %`.
func percentText(_ share: Double) -> String {
  guard share.isFinite, abs(share) < 1000 else { return "? %" }
  return "\(Int((share * 100).rounded())) %"
}

/// A count with its noun: `1 write`, `5 writes`, `12,345 writes`.
func countText(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(groupedText(count)) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// A number with commas between groups of three digits.
func groupedText(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return number < 0 ? "-" + text : text
}

/// Bytes in the unit that fits: `152 bytes`, `18.4 kB`, `1.2 GB`.
func bytesText(_ bytes: Int) -> String {
  guard bytes >= 1000 else { return countText(bytes, "byte") }
  var value = Double(bytes)
  for unit in ["kB", "MB", "GB", "TB"] {
    value /= 1000
    if value < 999.95 || unit == "TB" { return "\(shortNumber(value)) \(unit)" }
  }
  return groupedText(bytes)
}

/// Texts as a list in a sentence: `a`, `a and b`, `a, b and c`.
func listText(_ items: [String]) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " and " + last
}
