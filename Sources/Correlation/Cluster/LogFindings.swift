import Contract
import Model

/// Findings that belong to no incident: the log's own quality, clocks, and trouble that hurt nobody.
struct LogFindings {
  let observations: Observations
  let incidents: [IncidentFacts]
  /// What is known of lines that came before, and whether others follow.
  let options: CorrelationOptions

  func findings() -> [Finding] {
    skewedClocks + missingSources + truncatedLogs + store + singleStoreMember + killedAgents + standbyLeader
      + rebuiltMembers
  }

  /// Clocks that are off by more than their uncertainty.
  private var skewedClocks: [Finding] {
    zip(observations.sources, observations.clocks).compactMap { source, clock in
      guard clock.offsetFrom == .inferred, let offset = clock.offset, let lower = clock.lower, let upper = clock.upper,
        abs(offset) >= 0.5, lower > 0 || upper < 0
      else { return nil }
      let direction = offset > 0 ? "ahead of" : "behind"
      return Finding(
        code: .clockSkew,
        severity: .warning,
        member: observations.directory.canonical(source.name),
        summary:
          "\(source.name)'s clock is \(IncidentWords.seconds(abs(offset))) \(direction) the others; times here are corrected.",
        confidence: 0.9,
        evidence: []
      )
    }
  }

  private var missingSources: [Finding] {
    // Who has not spoken yet may do so later.
    guard !options.goesOn else { return [] }
    return observations.directory.members.compactMap { member in
      let isKnown = options.earlier?.heardMembers.contains(member) ?? false
      guard !isKnown, !observations.isHeard(member) else { return nil }
      let naming = observations.occurrences.all.first { line in
        [.leader, .candidate, .member, .name, .host].contains { line[$0] == member }
      }
      return Finding(
        code: .missingSource,
        severity: .warning,
        member: member,
        summary: "\(member) is named by others, but its log is not here.",
        confidence: 0.9,
        evidence: observations.evidence([naming].compactMap { $0 })
      )
    }
  }

  /// Logs that begin or end inside an incident: all together, or one file before the others.
  private var truncatedLogs: [Finding] {
    let cuts = LogCuts(observations: observations, incidents: incidents)
    let all = observations.occurrences.all
    let beginning = (options.earlier == nil ? cuts.unseenBeginning : nil).map { _ in
      truncated(nil, by: all.first, "The log begins inside an incident: what led to it is not shown.")
    }
    let end = (options.goesOn ? nil : cuts.unseenEnd).map { _ in
      truncated(nil, by: all.last, "The log ends inside an incident: how it went on is not shown.")
    }
    let single = observations.directory.members.compactMap { member -> Finding? in
      guard let source = observations.directory.source(of: member), let cut = cuts.cut(of: source) else { return nil }
      return switch cut.edge {
      case .beginning:
        truncated(
          member,
          by: all.first { $0.source == source },
          "\(member)'s log begins at \(cut.at.timeOfDay), inside an incident that others show from its beginning."
        )
      case .end:
        truncated(
          member,
          by: all.last { $0.source == source },
          "\(member)'s log ends at \(cut.at.timeOfDay), inside an incident that others show further."
        )
      }
    }
    return [beginning, end].compactMap { $0 } + single
  }

  private func truncated(_ member: String?, by line: Occurrence?, _ summary: String) -> Finding {
    Finding(
      code: .truncatedLog,
      severity: .info,
      member: member,
      summary: summary,
      confidence: 0.9,
      evidence: observations.evidence([line].compactMap { $0 })
    )
  }

  private func isInsideIncident(_ window: Window) -> Bool {
    incidents.contains { $0.kind != .replicaOutage && $0.window.overlaps(window) }
  }

  /// Trouble of the store that demoted nobody and needed no failsafe mode.
  private var store: [Finding] {
    var findings: [Finding] = []
    if let span = observations.store.withoutQuorum.first(where: { !isInsideIncident($0.window) && isLong($0.window) }) {
      findings.append(
        finding(
          .dcsQuorumLost,
          .critical,
          by: [span.by],
          "The DCS had no leader for a while; no primary demoted itself."
        )
      )
    }
    let losses = observations.store.memberLosses.filter { !isInsideIncident(Window(from: $0.at, to: $0.at)) }
    if let first = losses.first {
      findings.append(
        finding(.dcsMemberLost, .warning, by: [first], "A member of the DCS went away; its quorum was kept.")
      )
    }
    let slow = observations.occurrences.of(.dcsSlow, .dcsTimedOut).filter {
      !isInsideIncident(Window(from: $0.at, to: $0.at))
    }
    if slow.count >= 5 {
      findings.append(
        finding(.dcsSlow, .warning, by: [slow.first, slow.last], "The DCS answered late (\(slow.count) warnings).")
      )
    }
    let cut = observations.store.unreachable.filter { !isInsideIncident($0.window) }
    if let first = cut.first, Set(cut.map(\.member)).count == 1 {
      findings.append(
        finding(
          .dcsUnreachable,
          .warning,
          member: first.member,
          by: [first.by],
          "\(first.member) could not reach the DCS for a moment."
        )
      )
    }
    return findings
  }

  /// A store without redundancy: its only member's end is the cluster's.
  private var singleStoreMember: [Finding] {
    guard let told = observations.store.singleMember else { return [] }
    return [
      finding(
        .dcsSingleMember,
        .info,
        by: [told],
        "The DCS has one member only: when that stops, the primary demotes itself."
      )
    ]
  }

  /// Agents that were killed beside servers that went on, and that nobody missed in time.
  private var killedAgents: [Finding] {
    observations.occurrences.of(.runtimeExited).compactMap { exit in
      guard observations.outlivesAgent(exit), !isInsideIncident(Window(from: exit.at, to: exit.at)) else { return nil }
      return finding(
        .patroniKilled,
        .warning,
        member: exit.member,
        by: [exit],
        "\(exit.member ?? "A member")'s Patroni was killed while its PostgreSQL ran on; leadership did not move."
      )
    }
  }

  private func isLong(_ window: Window) -> Bool {
    (window.seconds ?? .infinity) > 0.5
  }

  private var standbyLeader: [Finding] {
    guard let term = observations.leadership.terms.last, term.isStandbyLeader else { return [] }
    return [
      finding(
        .standbyLeader,
        .info,
        member: term.member,
        by: [term.began],
        "\(term.member) leads a standby cluster: it is not writable by design."
      )
    ]
  }

  /// Members that had run and were built anew without an incident: somebody wanted it.
  private var rebuiltMembers: [Finding] {
    observations.directory.members.compactMap { member in
      let done = observations.occurrences.of(.cloneSucceeded, member: member).last { line in
        !incidents.contains { $0.window.contains(line.at) }
      }
      guard let done, let lived = observations.agents[member]?.heartbeats.first, lived.at < done.at else { return nil }
      return finding(.reinitRan, .info, member: member, by: [done], "\(member) was built anew from another member.")
    }
  }

  private func finding(
    _ code: FindingCode,
    _ severity: Severity,
    member: String? = nil,
    by lines: [Occurrence?],
    _ summary: String
  ) -> Finding {
    Finding(
      code: code,
      severity: severity,
      member: member,
      summary: summary,
      confidence: 0.8,
      evidence: observations.evidence(lines.compactMap { $0 })
    )
  }
}
