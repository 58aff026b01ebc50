package import Contract
package import Live

/// What is told to the outside about an incident: the notice, and the report around it.
package struct Delivered: Sendable {
  package var notice: IncidentNotice
  /// The report at that moment, with this incident alone.
  package var report: Report

  package init(_ notice: IncidentNotice, in report: Report) {
    self.notice = notice
    var report = report
    report.incidents = [notice.incident.incident]
    self.report = report
  }

  package var id: String { notice.incident.id }
  package var incident: Incident { notice.incident.incident }

  /// Whether nothing is left to be done: resolved, or taken back.
  package var isOver: Bool { notice.incident.isClosed }
}

/// Decides which notices are worth waking somebody: one for each state that an incident reaches.
package struct DeliveryFilter: Sendable {
  /// What was delivered last of an incident.
  private struct Told: Hashable {
    var kind: IncidentKind
    var status: IncidentStatus
    var severity: Severity
    var isOver: Bool
  }

  /// An incident that ended longer ago than this when it is first seen is history, in seconds.
  private static let history = 600.0
  private static let limit = 10_000

  private var told: [String: Told] = [:]
  private var order: [String] = []

  package init() {}

  /// Whether the notice says something that was not delivered.
  ///
  /// `age` is how many seconds ago the incident ended, by the clock of this machine; nil if it goes on.
  package mutating func passes(_ notice: IncidentNotice, age: Double?) -> Bool {
    let incident = notice.incident
    let now = Told(
      kind: incident.incident.kind,
      status: incident.incident.status,
      severity: incident.incident.severity,
      isOver: incident.isClosed
    )
    guard let last = told[incident.id] else {
      if incident.isClosed { return false }
      if incident.incident.status == .resolved, (age ?? 0) > Self.history { return false }
      remember(incident.id, now)
      return true
    }
    guard last != now else { return false }
    told[incident.id] = now
    return true
  }

  private mutating func remember(_ id: String, _ state: Told) {
    told[id] = state
    order.append(id)
    guard order.count > Self.limit else { return }
    told[order.removeFirst()] = nil
  }
}
