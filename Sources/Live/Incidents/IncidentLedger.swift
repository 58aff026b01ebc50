import Contract
import Model

/// Follows incidents from report to report and tells what changed: a pure state machine.
struct IncidentLedger: Sendable {
  /// All that was told, in the order of opening.
  private(set) var incidents: [TrackedIncident] = []
  /// So many incidents out of sight are kept as values.
  private let archiveLimit: Int
  /// How many were forgotten because there were more.
  private(set) var forgotten = 0

  init(archiveLimit: Int) {
    self.archiveLimit = archiveLimit
  }

  /// Takes in the incidents of a new report.
  ///
  /// - Returns: what changed, in the order in which it should be told.
  mutating func update(with reported: [Incident]) -> [LiveMessage] {
    var messages: [LiveMessage] = []
    let matches = matches(for: reported)
    for (position, incident) in reported.enumerated() {
      if let index = matches[position] {
        messages += revise(index, with: incident)
      } else {
        messages += open(incident)
      }
    }
    let matched = Set(matches.compactMap { $0 })
    for index in incidents.indices where !matched.contains(index) && isLive(index, before: messages) {
      messages += withdraw(index, in: reported, matches)
    }
    return messages
  }

  /// Closes the book on incidents that began before an instant: their lines are given up.
  mutating func archive(before instant: Instant) {
    for index in incidents.indices where incidents[index].incident.startedAt < instant {
      incidents[index].isArchived = true
      incidents[index].phases = [:]
    }
    let archived = incidents.count(where: \.isArchived)
    guard archived > archiveLimit else { return }
    var excess = archived - archiveLimit
    incidents.removeAll { incident in
      guard excess > 0, incident.isArchived else { return false }
      excess -= 1
      forgotten += 1
      return true
    }
  }

  // MARK: - Who is who

  /// For each reported incident the tracked one that it is, if any.
  private func matches(for reported: [Incident]) -> [Int?] {
    var free = Set(incidents.indices.filter { !incidents[$0].isArchived && !incidents[$0].isWithdrawn })
    var result = [Int?](repeating: nil, count: reported.count)
    let rules: [(TrackedIncident, Incident) -> Bool] = [
      { $0.incident.id == $1.id }, { $0.id == $1.id },
      { $0.incident.kind == $1.kind && Self.overlap($0.incident, $1) },
      { Self.overlap($0.incident, $1) },
    ]
    for rule in rules {
      for position in reported.indices where result[position] == nil {
        guard let index = free.sorted().last(where: { rule(incidents[$0], reported[position]) }) else { continue }
        result[position] = index
        free.remove(index)
      }
    }
    return result
  }

  private static func overlap(_ left: Incident, _ right: Incident) -> Bool {
    let slack = 5.0
    let leftEnd = left.endedAt?.advanced(bySeconds: slack)
    let rightEnd = right.endedAt?.advanced(bySeconds: slack)
    return (leftEnd.map { right.startedAt <= $0 } ?? true) && (rightEnd.map { left.startedAt <= $0 } ?? true)
  }

  private func isLive(_ index: Int, before messages: [LiveMessage]) -> Bool {
    guard !incidents[index].isArchived, !incidents[index].isWithdrawn else { return false }
    return !messages.contains { $0.openedID == incidents[index].id }
  }

  // MARK: - What is told

  private mutating func open(_ incident: Incident) -> [LiveMessage] {
    var tracked = TrackedIncident(incident)
    let phases = Self.tell(incident.phases, of: &tracked)
    var messages: [LiveMessage] = [.incident(IncidentNotice(action: .opened, incident: tracked))] + phases
    if incident.status == .resolved {
      tracked.isClosed = true
      tracked.revision += 1
      messages.append(.incident(IncidentNotice(action: .closed, incident: tracked)))
    }
    incidents.append(tracked)
    return messages
  }

  private mutating func revise(_ index: Int, with incident: Incident) -> [LiveMessage] {
    let isNew = incidents[index].signature != IncidentSignature(incident)
    let wasClosed = incidents[index].isClosed
    incidents[index].incident = incident
    incidents[index].isClosed = incident.status == .resolved
    let phases = Self.tell(incident.phases, of: &incidents[index])
    guard isNew else { return phases }
    incidents[index].revision += 1
    let action: IncidentNotice.Action = incidents[index].isClosed && !wasClosed ? .closed : .revised
    return phases + [.incident(IncidentNotice(action: action, incident: incidents[index]))]
  }

  private mutating func withdraw(_ index: Int, in reported: [Incident], _ matches: [Int?]) -> [LiveMessage] {
    let heir = zip(reported, matches).first { Self.overlap(incidents[index].incident, $0.0) }
    incidents[index].mergedInto = heir.map { incident, match in match.map { incidents[$0].id } ?? incident.id }
    incidents[index].isWithdrawn = true
    incidents[index].isClosed = true
    incidents[index].revision += 1
    return [.incident(IncidentNotice(action: .closed, incident: incidents[index]))]
  }

  private static func tell(_ phases: [Phase], of tracked: inout TrackedIncident) -> [LiveMessage] {
    var messages: [LiveMessage] = []
    for phase in phases {
      let key = PhaseKey(name: phase.name, member: phase.member)
      if let known = tracked.phases[key] {
        guard isMoved(known.phase, phase) else { continue }
        tracked.phases[key] = TrackedPhase(phase: phase, revision: known.revision + 1)
      } else {
        tracked.phases[key] = TrackedPhase(phase: phase)
      }
      let revision = tracked.phases[key]?.revision ?? 0
      messages.append(.phase(PhaseNotice(incidentID: tracked.id, phase: phase, revision: revision)))
    }
    return messages
  }

  /// Whether a phase has begun or ended at another time than was told.
  private static func isMoved(_ old: Phase, _ new: Phase) -> Bool {
    let tolerance = 0.05
    if abs(old.from.seconds(since: new.from)) > tolerance { return true }
    switch (old.to, new.to) {
    case (nil, nil): return false
    case (let before?, let after?): return abs(before.seconds(since: after)) > tolerance
    case (nil, .some), (.some, nil): return true
    }
  }
}

extension LiveMessage {
  fileprivate var openedID: String? {
    guard case .incident(let notice) = self, notice.action == .opened else { return nil }
    return notice.incident.id
  }
}
