import Contract
import Model

/// The configuration store, or the network to it.
struct StoreCauses {
  let facts: IncidentFacts

  var hypotheses: [Hypothesis] {
    guard let member = facts.oldPrimary else { return [] }
    let fault = facts.milestones.faultAt ?? facts.start
    let until = facts.milestones.leaderElectedAt ?? facts.window.to ?? fault
    let span = Window(from: fault.advanced(bySeconds: -20), to: until)
    let own = facts.observations.store.unreachable(for: member, in: span).first
    let gaveUp = facts.of(.leaderDemoting, .leaderDemoted).first {
      $0.member == member && $0.isForWantOfStore && ($0.reason == "dcs" || facts.draft.has(.leaderWithoutStore))
    }
    guard own != nil || gaveUp != nil else { return [] }
    let others = facts.observations.directory.members.filter {
      $0 != member && facts.observations.agents[$0]?.signs.isEmpty == false
    }
    let affected = others.filter { !facts.observations.store.unreachable(for: $0, in: span).isEmpty }
    let quorum = facts.observations.store.withoutQuorum.first { $0.window.overlaps(span) }
    let losses = facts.observations.store.losses(around: span)
    let signs = StoreSigns(
      member: member,
      own: own?.by,
      gaveUp: gaveUp,
      others: others,
      affected: affected,
      quorum: quorum?.by,
      losses: losses,
      fellSilent: gaveUp == nil && LossSigns(of: member, facts: facts).wentSilent,
      speaks: facts.observations.store.speaks(in: span, observations: facts.observations)
    )
    return [quorumLost(signs), partition(signs), unreachable(signs), slow(signs)].filter { $0.confidence > 0 }
  }

  private struct StoreSigns {
    var member: String
    var own: Occurrence?
    var gaveUp: Occurrence?
    var others: [String]
    /// Other members that could not reach the store either.
    var affected: [String]
    var quorum: Occurrence?
    var losses: [Occurrence]
    /// Whether the member's log ends at once, without a word on a demotion.
    var fellSilent: Bool
    /// Whether the store's own log covers the time.
    var speaks: Bool

    /// Whether the store's own log covers the time and shows that it kept its leader and its members.
    var isStoreWell: Bool { speaks && quorum == nil && losses.isEmpty }
  }

  private var storeName: String { facts.observations.store.name ?? "dcs" }

  private func quorumLost(_ signs: StoreSigns) -> Hypothesis {
    var hypothesis = Hypothesis(.dcsQuorumLost, member: nil, component: storeName)
    if let quorum = signs.quorum { hypothesis.support(0.75, "The DCS itself had no leader.", by: [quorum]) }
    if signs.losses.count > 1 {
      hypothesis.support(0.6, "\(signs.losses.count) of its members ended.", by: signs.losses.map { $0 })
    }
    if !signs.affected.isEmpty, signs.affected.count == signs.others.count {
      hypothesis.support(0.55, "Every member that logs lost the DCS at the same time.", by: [signs.own])
    }
    if signs.isStoreWell { hypothesis.refute(0.6, "Its own log shows that it kept its leader.") }
    if signs.affected.isEmpty, !signs.others.isEmpty {
      hypothesis.refute(0.8, "\(signs.others.joined(separator: ", ")) went on working with the DCS.")
    }
    if facts.change != nil {
      hypothesis.refute(0.6, "Another member took the lock meanwhile, so the DCS had a quorum.")
    }
    return hypothesis
  }

  private func partition(_ signs: StoreSigns) -> Hypothesis {
    var hypothesis = Hypothesis(.networkPartition, member: signs.member, component: "network")
    if signs.affected.isEmpty, !signs.others.isEmpty {
      hypothesis.support(
        0.6,
        "Only \(signs.member) lost the DCS; \(signs.others.joined(separator: ", ")) went on working with it.",
        by: [signs.own, signs.gaveUp]
      )
    } else if facts.change != nil {
      hypothesis.support(
        0.45,
        "\(signs.member) lost the DCS while another member took the lock there.",
        by: [signs.own, signs.gaveUp]
      )
    }
    if let peer = facts.of(.candidatePeerUnreachable).first(where: {
      $0.fields[.member] == signs.member || $0.member == signs.member
    }) {
      hypothesis.support(0.3, "The members could not reach each other either.", by: [peer])
    }
    if signs.quorum != nil, facts.change == nil { hypothesis.refute(0.6, "The DCS had no leader for anybody.") }
    if signs.fellSilent { hypothesis.refute(0.7, Self.silence(of: signs.member)) }
    return hypothesis
  }

  private func unreachable(_ signs: StoreSigns) -> Hypothesis {
    var hypothesis = Hypothesis(.dcsUnreachable, member: signs.member, component: storeName)
    if signs.own != nil || signs.gaveUp != nil {
      hypothesis.support(0.5, "\(signs.member) could not reach the DCS.", by: [signs.own, signs.gaveUp])
    }
    if !signs.affected.isEmpty, signs.affected.count == signs.others.count {
      hypothesis.refute(0.3, "Every other member lost it as well.")
    }
    if signs.fellSilent { hypothesis.refute(0.7, Self.silence(of: signs.member)) }
    return hypothesis
  }

  private static func silence(of member: String) -> String {
    "\(member)'s log ends at once; whoever is cut off from the DCS logs on."
  }

  private func slow(_ signs: StoreSigns) -> Hypothesis {
    var hypothesis = Hypothesis(.dcsSlow, member: nil, component: storeName)
    let slow = facts.observations.occurrences.of(
      .dcsSlow,
      in: Window(from: facts.start.advanced(bySeconds: -60), to: facts.window.to)
    )
    guard slow.count >= 3 else { return hypothesis }
    hypothesis.support(0.35, "The DCS answered late \(slow.count) times.", by: [slow.first, slow.last])
    if signs.isStoreWell {
      hypothesis.support(0.45, "It kept its leader all the while, so it was there, only late.", by: [slow.last])
    }
    if signs.quorum != nil { hypothesis.refute(0.3, "It had lost its leader, which explains the late answers.") }
    return hypothesis
  }
}

extension StoreHistory {
  /// Whether a store member's own log goes on through a span.
  func speaks(in span: Window, observations: Observations) -> Bool {
    storeSources.contains { source in observations.sightings(of: source).contains { span.contains($0) } }
  }
}

extension Occurrence {
  /// A leader gives up because it could not renew its lock in the store.
  var isForWantOfStore: Bool {
    (kind == .leaderDemoting || kind == .leaderDemoted) && (reason == "dcs" || reason == "renew_failed")
  }
}
