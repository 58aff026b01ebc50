import Contract
import Model

/// Nobody took over: why each candidate was refused.
enum NoPromotableMember: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard facts.change == nil, facts.kind == .primaryOutage, let old = facts.oldPrimary else { return [] }
    let refusals = CandidateRefusals(besides: old, facts: facts).all
    guard refusals.contains(where: { $0.isOwnWord }) else { return [] }
    let members = refusals.map(\.member)
    return [
      facts.finding(
        .noPromotableMember,
        .critical,
        member: members.count == 1 ? members.first : nil,
        by: Array(refusals.map { Optional($0.by) }.prefix(5)),
        "No member took over: " + refusals.map(\.words).joined(separator: "; ") + "."
      )
    ]
  }
}

/// One member that was not promoted, and the best reason that the lines give.
struct CandidateRefusal {
  var member: String
  var words: String
  var by: Occurrence
  /// Whether the member says so itself; what others say of it comes second.
  var isOwnWord: Bool
}

/// Collects the refusals of an incident, one a member.
struct CandidateRefusals {
  let all: [CandidateRefusal]

  init(besides old: String, facts: IncidentFacts) {
    all = facts.observations.directory.members.filter { $0 != old }.compactMap { member in
      Self.own(member, facts: facts) ?? Self.told(of: member, facts: facts)
    }
  }

  /// What the member says of itself: the most telling reason, else that it gives none.
  private static func own(_ member: String, facts: IncidentFacts) -> CandidateRefusal? {
    let refused = facts.of(.candidateRefused, member: member).filter {
      $0.reason != "waiting" && $0.reason != "lost_race"
    }
    guard let first = refused.first else { return nil }
    for reason in telling {
      guard let line = refused.first(where: { $0.reason == reason }) else { continue }
      return CandidateRefusal(member: member, words: words(reason, of: member, line), by: line, isOwnWord: true)
    }
    if let sync = synchronousStandbys(facts), !sync.names.contains(member) {
      let names = sync.names.joined(separator: ", ")
      let words = "\(member) was not a synchronous standby (\(names))"
      return CandidateRefusal(member: member, words: words, by: first, isOwnWord: true)
    }
    let words = "\(member) does not stand for leader; the log does not say why"
    return CandidateRefusal(member: member, words: words, by: first, isOwnWord: true)
  }

  /// What others say of a member: that it is not fit, or that it does not answer.
  private static func told(of member: String, facts: IncidentFacts) -> CandidateRefusal? {
    let about = facts.of(.candidatePeerRefused, .candidatePeerUnreachable).filter { line in
      line.fields[.member].flatMap { facts.observations.directory.canonical($0) } == member
    }
    guard let line = about.first(where: { $0.kind == .candidatePeerRefused }) ?? about.last else { return nil }
    let words =
      line.kind == .candidatePeerRefused
      ? words(line.reason ?? "", of: member, line) : "\(member) could not be reached"
    return CandidateRefusal(member: member, words: words, by: line, isOwnWord: false)
  }

  /// Reasons that say more than that the member is not the healthiest, the most telling first.
  private static let telling = [
    "lag", "timeline", "tag", "not_allowed", "watchdog", "sync", "no_position", "quorum", "pre_promote", "paused",
    "primary_alive", "peer_ahead", "priority",
  ]

  private static func words(_ reason: String, of member: String, _ line: Occurrence) -> String {
    let other = line.fields[.member] ?? "another member"
    switch reason {
    case "lag": return "\(member) is too far behind"
    case "timeline":
      let timelines = line.fields[.oldTimeline].flatMap { old in
        line.fields[.timeline].map { " (\(old), the cluster is on \($0))" }
      }
      return "\(member)'s timeline is behind\(timelines ?? "")"
    case "tag", "not_allowed": return "\(member) is tagged not to be promoted"
    case "watchdog": return "\(member)'s watchdog does not work"
    case "sync": return "\(member) is not a synchronous standby"
    case "no_position": return "\(member) cannot tell its WAL position"
    case "quorum": return "\(member) does not get the votes that quorum commit asks for"
    case "pre_promote": return "\(member)'s pre_promote script failed"
    case "paused": return "\(member) may not while automatic failover is off"
    case "primary_alive": return "\(member) still sees \(other) as primary"
    case "peer_ahead": return "\(member) is behind \(other)"
    case "priority": return "\(member) has a lower failover_priority than \(other)"
    default: return "\(member) is not fit to lead"
    }
  }

  /// The synchronous standbys that the leader named last before it was lost.
  private static func synchronousStandbys(_ facts: IncidentFacts) -> (names: [String], by: Occurrence)? {
    let before = Window(from: Window.always.from, to: facts.milestones.faultAt ?? facts.start)
    let lines = facts.observations.occurrences.of(.replicationSyncChanged, in: before)
    guard let last = lines.last, last.reason != "disabled", let members = last.fields[.members] else { return nil }
    let names = members.split { ", '\"[]".contains($0) }.map(String.init)
    return names.isEmpty || names == ["*"] ? nil : (names, last)
  }
}
