import Contract
import Model

/// A leader demoted itself for want of the store.
enum DemotedWithoutStore: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lines = facts.of(.leaderDemoting, .leaderDemoted).filter {
      $0.isForWantOfStore && ($0.reason == "dcs" || facts.draft.has(.leaderWithoutStore))
    }
    guard let first = lines.first, let member = first.member else { return [] }
    let isRenewal = lines.allSatisfy { $0.reason == "renew_failed" }
    return [
      facts.finding(
        .demotedWithoutDCS,
        .critical,
        member: member,
        by: [first, lines.last == first ? nil : lines.last],
        isRenewal
          ? "\(member) demoted itself because it could not renew its lock in the DCS."
          : "\(member) demoted itself because it could not reach the DCS."
      )
    ]
  }
}

/// The leader ran on without the store.
enum FailsafeActive: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lines = facts.of(.dcsFailsafe) + facts.of(.leaderKept).filter { $0.reason == "failsafe" }
    guard let first = lines.min(by: { $0.index < $1.index }) else { return [] }
    return [
      facts.finding(
        .failsafeActive,
        .warning,
        member: first.member,
        by: [first],
        "\(first.member ?? "The primary") kept running without the DCS in failsafe mode."
      )
    ]
  }
}

/// The store had no quorum, told by itself or by every member.
enum StoreQuorumLost: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard facts.kind == .dcsOutage || facts.kind == .failover || facts.kind == .primaryOutage else { return [] }
    let members = facts.observations.directory.members.filter { facts.observations.agents[$0]?.signs.isEmpty == false }
    let affected = members.compactMap { facts.observations.store.unreachable(for: $0, in: facts.window).first }
    let quorum = facts.observations.store.withoutQuorum.first { $0.window.overlaps(facts.window) }
    let isStoreWell =
      quorum == nil && facts.observations.store.losses(around: facts.window).isEmpty
      && facts.observations.store.speaks(in: facts.window, observations: facts.observations)
    let isEverybody = members.count > 1 && affected.count == members.count && !isStoreWell
    guard facts.change == nil, isEverybody || (quorum != nil && !affected.isEmpty) else { return [] }
    let lines = [quorum?.by] + affected.prefix(2).map(\.by)
    return [
      facts.finding(
        .dcsQuorumLost,
        .critical,
        confidence: quorum == nil ? 0.7 : 0.95,
        by: lines,
        quorum == nil ? "Every member lost the DCS at the same time." : "The DCS had no leader or no quorum."
      )
    ]
  }
}

/// One member could not reach the store that others reached.
enum StoreUnreachable: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let members = facts.observations.directory.members.filter { facts.observations.agents[$0]?.signs.isEmpty == false }
    let affected = members.filter { !facts.observations.store.unreachable(for: $0, in: facts.window).isEmpty }
    guard affected.count == 1, members.count > 1, let member = affected.first,
      let span = facts.observations.store.unreachable(for: member, in: facts.window).first,
      [.failover, .dcsOutage, .splitBrain, .primaryOutage].contains(facts.kind)
    else { return [] }
    return [
      facts.finding(
        .dcsUnreachable,
        .warning,
        member: member,
        by: [span.by],
        "\(member) could not reach the DCS that others reached."
      )
    ]
  }
}

/// The store answered late.
enum StoreSlow: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let reach = Window(from: facts.start.advanced(bySeconds: -60), to: facts.window.to)
    let lines = facts.observations.occurrences.of(.dcsSlow, in: reach)
    guard lines.count >= 5, [.dcsOutage, .failover].contains(facts.kind), facts.draft.has(.leaderWithoutStore) else {
      return []
    }
    return [
      facts.finding(
        .dcsSlow,
        .warning,
        confidence: 0.7,
        by: [lines.first, lines.last],
        "The DCS answered late (\(lines.count) warnings)."
      )
    ]
  }
}

/// A member of the store went away.
enum StoreMemberLost: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let losses = facts.observations.store.losses(around: facts.window)
    guard let first = losses.first, [.dcsOutage, .failover, .primaryOutage].contains(facts.kind) else { return [] }
    return [
      facts.finding(
        .dcsMemberLost,
        .warning,
        by: losses.prefix(3).map { $0 },
        words(losses.count, first: first.fields[.name])
      )
    ]
  }

  private static func words(_ count: Int, first name: String?) -> String {
    guard count == 1 else { return "\(count) members of the DCS went away\(name.map { ", first \($0)" } ?? "")." }
    return name.map { "\($0), a member of the DCS, went away." } ?? "A member of the DCS went away, as the others saw."
  }
}
