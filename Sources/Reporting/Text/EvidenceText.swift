import Contract
import Model

extension Evidence {
  /// Where the line stands: `pg2:57`.
  var place: String { "\(source):\(line)" }
}

extension Incident {
  /// All evidence of the incident, each line once, in time order as far as the lines tell the time.
  var allEvidence: [Evidence] {
    let all =
      rootCause.evidence + phases.flatMap(\.evidence) + findings.flatMap(\.evidence) + impact.lostWrites.evidence
    var seen: Set<Evidence> = []
    let once = all.filter { seen.insert($0).inserted }
    return once.enumerated().sorted { left, right in
      switch (left.element.at, right.element.at) {
      case (let first?, let second?) where first != second: first < second
      case (nil, .some): true
      case (.some, nil): false
      default: left.offset < right.offset
      }
    }.map(\.element)
  }
}
