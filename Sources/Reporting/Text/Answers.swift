import Contract
import Model

/// What a person who is woken up asks, answered from an incident: each a few sentences of plain text.
struct Answers {
  /// From when to when writes failed.
  let outage: String
  /// Whether it is over.
  let recovery: String
  /// Whether acknowledged writes are gone.
  let loss: String
  /// What to do first; nil if the log supports no advice.
  let remedy: Remedy?

  init(to incident: Incident, in report: Report) {
    outage = Self.outage(of: incident)
    recovery = Self.recovery(of: incident, in: report)
    loss = Self.loss(of: incident.impact)
    remedy = incident.remediation.first { $0.urgency == .now }
  }

  /// What stands where there is nothing to type at once.
  func withoutRemedy(for incident: Incident) -> String {
    if let next = incident.remediation.first { return "Nothing at once. Later: \(next.summary)" }
    return incident.status == .resolved
      ? "Nothing: no step is left." : "Nothing that this log supports; see the coverage below for what is missing."
  }
}

// MARK: - Why

extension RootCause {
  /// The cause in a line: `container_stopped on pg1, 93 % sure`, or the nearest guess where it is not known.
  var headline: String {
    guard code == .unknown else {
      return "\(code.rawValue)\(member.map { " on \($0)" } ?? ""), \(percentText(confidence)) sure"
    }
    let nearest = alternatives.max { $0.confidence < $1.confidence }
    return "not known" + (nearest.map { "; the nearest is \($0.code.rawValue), \(percentText($0.confidence))" } ?? "")
  }
}

// MARK: - From when to when

extension Answers {
  private static func outage(of incident: Incident) -> String {
    let impact = incident.impact
    var parts: [String] = []
    if let window = impact.writeOutage {
      parts.append(text(of: window))
      if let failed = impact.failedWrites { parts.append("\(countText(failed, "write")) failed.") }
    } else {
      parts.append("No write outage is seen in this log.")
    }
    if !impact.otherWriteOutages.isEmpty {
      parts.append("\(countText(impact.otherWriteOutages.count, "shorter outage")) besides, see Impact.")
    }
    if let window = impact.readOutage {
      parts.append(reads(in: window))
    } else if impact.writeOutage == nil, let window = impact.routingOutage {
      parts.append("The proxy had no server: " + text(of: window))
    }
    return parts.joined(separator: " ")
  }

  private static func reads(in window: ImpactWindow) -> String {
    window.duration.map { "Reads did not work for \(durationText($0)) either." } ?? "Reads do not work either."
  }

  /// A window as a sentence.
  static func text(of window: ImpactWindow) -> String {
    guard let to = window.to, let duration = window.duration else {
      let least = window.minimum.map { ", at least \(durationText($0))" } ?? ""
      let start = instantText(window.from, uncertainty: window.isCoarse ? 1 : 0).prefix { $0 != "±" }
      return "Since \(start.trimmingBlanks), not over at the end of the log\(least), \(window.observedBy.label)."
    }
    let span = spanText(from: window.from, to: to, coarse: window.isCoarse)
    let length = durationText(duration, minimum: window.minimum, maximum: window.maximum)
    return "\(span): \(length), \(window.observedBy.label)."
  }
}

extension ImpactWindow {
  /// Whether the edges are known to the second at best.
  var isCoarse: Bool {
    guard let minimum, let maximum else { return false }
    return maximum - minimum >= 2 * coarseUncertainty
  }
}

extension Substring {
  /// The text without blanks at its end.
  fileprivate var trimmingBlanks: Substring {
    var rest = self
    while rest.last == " " { rest.removeLast() }
    return rest
  }
}

// MARK: - Is it over

extension Answers {
  private static func recovery(of incident: Incident, in report: Report) -> String {
    switch incident.status {
    case .resolved: resolvedText(of: incident)
    case .degraded: degradedText(of: incident, in: report)
    case .ongoing: ongoingText(of: incident, in: report)
    }
  }

  private static func writableAgain(_ incident: Incident) -> Instant? {
    incident.milestones.clientRecoveredAt ?? incident.impact.writeOutage?.to ?? incident.milestones.writableAt
  }

  private static func resolvedText(of incident: Incident) -> String {
    var parts = ["Yes."]
    if incident.impact.writeOutage != nil, let instant = writableAgain(incident) {
      parts.append("Writes work since \(coarseClockText(instant)).")
    }
    if let instant = incident.milestones.redundancyRestoredAt {
      parts.append("Every member is back since \(coarseClockText(instant)).")
    } else if parts.count == 1, let instant = incident.endedAt {
      parts.append("It ended at \(coarseClockText(instant)).")
    }
    return parts.joined(separator: " ")
  }

  private static func degradedText(of incident: Incident, in report: Report) -> String {
    let isShown = report.cluster.primaryAtEnd != nil || incident.impact.failedWrites != nil
    let writes =
      writableAgain(incident).map { "yes, since \(coarseClockText($0))" } ?? (isShown ? "yes" : "not shown")
    let lost = report.cluster.members.filter { !$0.stateAtEnd.isFine && $0.stateAtEnd != .unknown }
      .map { "\($0.name) \($0.stateAtEnd.predicate)" }
    let redundancy = lost.isEmpty ? "not seen restored" : "no, \(listText(lost))"
    return "Writes: \(writes). Redundancy: \(redundancy) at the end of the log."
  }

  private static func ongoingText(of incident: Incident, in report: Report) -> String {
    let end = report.input.lastAt.map { " (\(instantText($0)))" } ?? ""
    let length =
      report.input.lastAt.map { ", \(durationText($0.seconds(since: incident.startedAt))) after it began" } ?? ""
    return "NO: it goes on at the end of the log\(end)\(length)."
  }
}

// MARK: - Was data lost

extension Answers {
  private static func loss(of impact: Impact) -> String {
    let lost = impact.lostWrites
    var parts = [verdict(of: lost), lost.explanation]
    if let bytes = lost.walBytes, bytes > 0 { parts.append("\(bytesText(bytes)) of WAL lie beyond the fork.") }
    switch impact.dualPrimary {
    case .proven: parts.append("TWO MEMBERS WERE WRITABLE AT ONCE.")
    case .possible: parts.append("Two members may have been writable at once.")
    case .excluded, .unknown: break
    }
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The verdict with its bounds, as a short sentence.
  static func verdict(of lost: LostWrites) -> String {
    switch lost.verdict {
    case .none: "No."
    case .unknown: "Not known."
    case .possible: lost.upper.map { "Perhaps, up to \(countText($0, "acknowledged write"))." } ?? "Perhaps."
    case .confirmed: "YES, \(range(of: lost))."
    }
  }

  private static func range(of lost: LostWrites) -> String {
    switch (lost.lower, lost.upper) {
    case (let lower?, let upper?) where lower == upper: countText(lower, "acknowledged write")
    case (let lower?, let upper?): "\(groupedText(lower)) to \(countText(upper, "acknowledged write"))"
    case (let lower?, nil): "at least \(countText(lower, "acknowledged write"))"
    case (nil, let upper?): "up to \(countText(upper, "acknowledged write"))"
    case (nil, nil): "acknowledged writes are missing"
    }
  }
}
