import Contract

/// One expectation of a scenario, checked against a report.
///
/// `key[2]` speaks of the second incident, `key` of the first. Alternatives are separated by `|`, several codes by commas.
struct LeaderExpectation {
  let key: String
  let index: Int
  let value: String

  init(key: String, value: String) {
    let parts = key.split { $0 == "[" || $0 == "]" }.map(String.init)
    self.key = parts.first ?? key
    index = parts.count > 1 ? (Int(parts[1]) ?? 1) - 1 : 0
    self.value = value
  }

  private var codes: [String] { value.split { $0 == "," || $0 == " " }.map(String.init) }

  /// What does not hold, in words; empty if all is right.
  func complaints(about report: Report) -> [String] {
    switch key {
    case "framing": return []
    case "kind", "kinds": return kinds(report.incidents.map(\.kind.rawValue))
    case "verdict": return one(of: report.verdict.status.rawValue)
    case "top": return present(in: report.findings.map(\.code.rawValue))
    case "no_top": return absent(from: report.findings.map(\.code.rawValue))
    default:
      guard report.incidents.indices.contains(index) else { return ["there is no incident \(index + 1)"] }
      return complaints(about: report.incidents[index])
    }
  }

  private func complaints(about incident: Incident) -> [String] {
    let cause = incident.rootCause
    switch key {
    case "status": return one(of: incident.status.rawValue)
    case "severity": return one(of: incident.severity.rawValue)
    case "old": return one(of: incident.oldPrimary ?? "None")
    case "new": return one(of: incident.newPrimary ?? "None")
    case "dual": return one(of: incident.impact.dualPrimary.rawValue)
    case "cause": return one(of: cause.code.rawValue)
    case "cause_member": return one(of: cause.member ?? "None")
    case "contributing": return present(in: cause.contributing.map(\.code.rawValue))
    case "no_contributing": return absent(from: cause.contributing.map(\.code.rawValue))
    case "alternatives": return present(in: cause.alternatives.map(\.code.rawValue))
    case "findings": return present(in: incident.findings.map(\.code.rawValue))
    case "no_findings": return absent(from: incident.findings.map(\.code.rawValue))
    case "remedies": return present(in: incident.remediation.map(\.code.rawValue))
    case "no_remedies": return absent(from: incident.remediation.map(\.code.rawValue))
    case "phases": return present(in: incident.phases.map(\.name.rawValue))
    case "no_phases": return absent(from: incident.phases.map(\.name.rawValue))
    case "says":
      let said = [incident.title, incident.summary, cause.explanation] + incident.findings.map(\.summary)
      return said.contains { $0.contains(value) } ? [] : ["nothing says \(value): \(said)"]
    default: return ["\(key) is no expectation"]
    }
  }

  private func kinds(_ found: [String]) -> [String] {
    let wanted = codes == ["none"] ? [] : codes
    let fits =
      found.count == wanted.count && zip(found, wanted).allSatisfy { $1.split(separator: "|").contains(Substring($0)) }
    return fits ? [] : ["\(key): \(found) instead of \(wanted)"]
  }

  private func one(of found: String) -> [String] {
    value.split(separator: "|").contains(Substring(found)) ? [] : ["\(key): \(found) instead of \(value)"]
  }

  private func present(in found: [String]) -> [String] {
    let missing = codes.filter { code in !code.split(separator: "|").contains { found.contains(String($0)) } }
    return missing.isEmpty ? [] : ["\(key): \(missing) not among \(found)"]
  }

  private func absent(from found: [String]) -> [String] {
    let wrong = codes.filter { found.contains($0) }
    return wrong.isEmpty ? [] : ["\(key): \(wrong) among \(found)"]
  }
}
