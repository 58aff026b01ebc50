import Contract

/// Matches the incidents of two reports.
struct IncidentPairing {
  private(set) var pairs: [(before: Incident, after: Incident)] = []
  let onlyBefore: [Incident]
  let onlyAfter: [Incident]

  init(_ before: [Incident], _ after: [Incident]) {
    var old = before
    var new = after
    // A longer log tells the same incident again; two drills tell two of a kind.
    let rules: [(Incident, Incident) -> Bool] = [{ $0.id == $1.id }, { $0.kind == $1.kind }]
    for isMatch in rules {
      for incident in old {
        guard let index = new.firstIndex(where: { isMatch(incident, $0) }) else { continue }
        pairs.append((incident, new.remove(at: index)))
        old.removeAll { $0 == incident }
      }
    }
    pairs.sort { $0.before.startedAt < $1.before.startedAt }
    (onlyBefore, onlyAfter) = (old, new)
  }
}
