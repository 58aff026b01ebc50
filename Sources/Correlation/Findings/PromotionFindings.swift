import Contract
import Model

/// Promotion took longer than recovery explains.
enum PromotionStalled: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let stall = PromotionStall(facts: facts)
    guard stall.isShown, let elected = facts.milestones.leaderElectedAt, let writable = facts.milestones.writableAt
    else { return [] }
    let seconds = Int(writable.seconds(since: elected).rounded())
    return [
      facts.finding(
        .promotionStalled,
        .warning,
        member: facts.newPrimary,
        by: stall.evidence,
        "Promotion took \(seconds) s: recovery waited for the WAL receiver, which was still trying to reach the lost primary."
      )
    ]
  }
}

/// A promotion began and did not finish.
enum PromotionFailed: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let failed = facts.of(.promotionFailed)
    if let first = failed.first {
      return [
        facts.finding(.promotionFailed, .critical, member: first.member, by: [first], "A promotion was given up.")
      ]
    }
    guard let change = facts.change, facts.milestones.writableAt == nil,
      facts.observations.lastAt.seconds(since: change.acquiredAt) > 60,
      facts.observations.servers[change.newPrimary]?.hasServerLog == true,
      let requested = facts.of(.promotionRequested, member: change.newPrimary).first
    else { return [] }
    return [
      facts.finding(
        .promotionFailed,
        .critical,
        member: change.newPrimary,
        confidence: 0.7,
        by: [requested],
        "\(change.newPrimary) was told to promote and never became writable in this log."
      )
    ]
  }
}

/// A new timeline began.
enum TimelineSwitch: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lines = facts.of(.timelineSelected)
    guard let last = lines.last, let timeline = last.fields[.timeline] else { return [] }
    return [
      facts.finding(
        .timelineSwitch,
        .info,
        member: last.member,
        by: [last],
        "\(last.member ?? "The new primary") began timeline \(timeline)."
      )
    ]
  }
}

/// The log's timelines do not follow each other.
enum TimelineSkipped: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard let selected = facts.of(.timelineSelected).last, let to = selected.fields.integer(.timeline) else {
      return []
    }
    let before = Window(from: Window.always.from, to: selected.at)
    let known = facts.observations.occurrences.of(
      .clusterMemberListed,
      .replicationStreaming,
      .timelineOfLeader,
      in: before
    )
    .last { $0.fields.integer(.timeline) != nil }
    guard let known, let from = known.fields.integer(.timeline), to > from + 1 else { return [] }
    return [
      facts.finding(
        .timelineSkipped,
        .warning,
        by: [known, selected],
        "The log goes from timeline \(from) to \(to): a promotion in between is missing from it."
      )
    ]
  }
}

/// A member has WAL that is not in the new primary's history.
enum TimelineSplitFinding: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    TimelineSplit.all(in: facts).map { split in
      let isHarmless = split.bytes.map { $0 <= TimelineFork.shutdownCheckpointBytes } ?? false
      let size = split.bytes.map { ", \($0) bytes beyond the fork" } ?? ""
      return facts.finding(
        .timelineSplit,
        isHarmless ? .info : .critical,
        member: split.member,
        by: split.evidence,
        "\(split.member) has WAL that is not in the primary's history\(size)."
      )
    }
  }
}
