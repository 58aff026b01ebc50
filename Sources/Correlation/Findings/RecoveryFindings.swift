import Contract
import Model

/// What became of pg_rewind.
enum RewindOutcome: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    var findings: [Finding] = []
    if let done = facts.of(.rewindSucceeded).last {
      findings.append(
        facts.finding(
          .rewindRan,
          .info,
          member: done.member,
          by: [done],
          "pg_rewind brought \(done.member ?? "the member") back onto the new timeline."
        )
      )
    }
    if let failed = facts.of(.rewindFailed).last, facts.of(.rewindSucceeded).isEmpty {
      findings.append(
        facts.finding(
          .rewindFailed,
          .critical,
          member: failed.member,
          by: [failed],
          "pg_rewind failed on \(failed.member ?? "a member")."
        )
      )
    }
    if let impossible = facts.of(.rewindImpossible).last, facts.of(.rewindSucceeded).isEmpty {
      findings.append(
        facts.finding(
          .rewindImpossible,
          .warning,
          member: impossible.member,
          by: [impossible],
          "pg_rewind cannot be used on \(impossible.member ?? "a member")."
        )
      )
    }
    return findings
  }
}

/// A member was built anew.
enum ReinitRan: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    facts.draft.lostMembers.compactMap { member in
      let after = Window(from: facts.draft.lossOf(member), to: facts.window.to)
      let occurrences = facts.observations.occurrences
      if let done = occurrences.last(.cloneSucceeded, member: member, in: after) {
        return finding(member, by: done, confidence: 0.95, "was built anew from another member", facts)
      }
      let ordered = occurrences.of(.operatorCommand, .operatorRequested, .operatorAnswered, in: after).first {
        $0.fields[.action] == "reinit" && ($0.member == member || $0.fields[.member] == member)
      }
      let back = facts.observations.restoration(of: member, after: after.from)
      guard let ordered, let back, back >= ordered.at else { return nil }
      return finding(member, by: ordered, confidence: 0.9, "was reinitialised and streams again", facts)
    }
  }

  private static func finding(
    _ member: String,
    by line: Occurrence,
    confidence: Double,
    _ words: String,
    _ facts: IncidentFacts
  ) -> Finding {
    facts.finding(.reinitRan, .info, member: member, confidence: confidence, by: [line], "\(member) \(words).")
  }
}

/// A base backup broke off.
enum ReplicaCreationFailed: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard let line = facts.of(.cloneFailed).last else { return [] }
    return [
      facts.finding(
        .replicaCreationFailed,
        .warning,
        member: line.member,
        by: [line],
        "Copying data to \(line.member ?? "a member") broke off."
      )
    ]
  }
}

/// initdb, clone or first start failed.
enum BootstrapFailed: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard facts.kind == .bootstrapFailure, let line = facts.of(.bootstrapFailed).first else { return [] }
    return [
      facts.finding(
        .bootstrapFailed,
        .critical,
        member: line.member,
        by: [line],
        "The new cluster could not be initialised."
      )
    ]
  }
}

/// Members wait for a leader that will not come.
enum WaitingForLeader: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lines = facts.of(.bootstrapWaiting)
    guard facts.kind == .bootstrapFailure, lines.count >= 3, let first = lines.first, let last = lines.last else {
      return []
    }
    return [
      facts.finding(
        .waitingForLeader,
        .critical,
        member: first.member,
        by: [first, last],
        "\(first.member ?? "A member") waits for a leader to bootstrap, and there is none."
      )
    ]
  }
}
