import Contract

extension Evidence {
  /// Where the line stands: `pg2:57`.
  var place: String { "\(source):\(line)" }
}

extension Incident {
  /// All evidence of the incident, each line once, with the codes that it shows.
  var allEvidence: [(evidence: Evidence, shows: [String])] {
    var order: [Evidence] = []
    var shown: [Evidence: [String]] = [:]
    func add(_ lines: [Evidence], _ code: String) {
      for line in lines {
        if shown[line] == nil { order.append(line) }
        if shown[line]?.contains(code) != true { shown[line, default: []].append(code) }
      }
    }
    add(rootCause.evidence, rootCause.code.rawValue)
    for phase in phases { add(phase.evidence, phase.name.rawValue) }
    for finding in findings { add(finding.evidence, finding.code.rawValue) }
    add(impact.lostWrites.evidence, "lost_writes")
    return order.map { ($0, shown[$0] ?? []) }
  }
}
