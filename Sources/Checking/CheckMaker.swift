package import Contract
package import Model

/// Holds a report against what a live cluster shows.
///
/// A pure function: the same report and the same answers give the same check.
package enum CheckMaker {
  /// Makes the check.
  ///
  /// - Parameters:
  ///   - report: what failscope said about the logs.
  ///   - sightings: what everybody who was asked answered.
  ///   - now: when they were asked, by this machine's clock.
  ///   - generator: the program.
  /// - Returns: the check.
  package static func check(_ report: Report, sightings: Sightings, at now: Instant, generator: Generator) -> Check {
    let cluster = ObservedCluster(sightings, report: report, askedAt: now)
    let leader = cluster.leader
    let past = ReportedPast(report)
    let comparison = IdentityComparison(past: past, cluster: cluster, leader: leader)
    let naming = MemberNaming(report: report, sightings: sightings)
    return Check(
      generator: generator,
      checkedAt: now,
      reportedUntil: report.input.lastAt,
      identity: comparison.identity,
      cluster: CheckedCluster(cluster, leader: leader, unheard: unheard(cluster, report, comparison.identity)),
      asked: asked(sightings, naming: naming),
      notes: Notes(cluster: cluster, leader: leader, past: past, comparison: comparison, sightings: sightings).all,
      remedies: remedies(past, cluster: cluster, leader: leader, identity: comparison.identity)
    )
  }

  /// Members of the report that nobody mentions.
  private static func unheard(_ cluster: ObservedCluster, _ report: Report, _ identity: ClusterIdentity) -> [String] {
    guard identity != .other else { return [] }
    let seen = Set(cluster.members.map(\.name))
    return report.cluster.members.map(\.name).filter { !seen.contains($0) }
  }

  private static func asked(_ sightings: Sightings, naming: MemberNaming) -> [AskedSource] {
    sightings.servers.map { server in
      AskedSource(
        kind: .postgresql,
        place: server.place.description,
        member: naming.knownName(of: server),
        problem: server.facts == nil ? server.unanswered?.words ?? "no answer" : nil
      )
    }
      + sightings.agents.map { agent in
        AskedSource(
          kind: .patroni,
          place: agent.place.description,
          member: naming.knownName(of: agent),
          problem: agent.isAnswered ? nil : agent.unanswered?.words ?? "no answer"
        )
      } + sightings.files.map { AskedSource(kind: .file, place: $0.name) }
  }

  private static func remedies(
    _ past: ReportedPast,
    cluster: ObservedCluster,
    leader: LeaderSight,
    identity: ClusterIdentity
  ) -> [CheckedRemedy] {
    var checked: [CheckedRemedy] = []
    for incident in past.report.incidents {
      for remedy in incident.remediation {
        let target = RemedyTarget.member(of: remedy, in: incident, cluster: past.report.cluster)
        let question = Question(
          remedy: remedy,
          incident: incident,
          target: target,
          past: past,
          cluster: cluster,
          leader: leader,
          identity: identity
        )
        let result = CheckedRemedy(question)
        if let index = checked.firstIndex(where: { $0.isSame(as: result) }) {
          checked[index].incidents.append(incident.id)
        } else {
          checked.append(result)
        }
      }
    }
    return checked
  }
}

extension AgentSighting {
  /// Whether it answered anything at all.
  package var isAnswered: Bool { facts != nil || listing != nil || history != nil || configuration != nil }
}

extension CheckedRemedy {
  init(_ question: Question) {
    let decision = question.decision
    let remedy = question.remedy
    let commands: [String] =
      switch decision.commands {
      case .remedy: remedy.commands
      case .look(let commands): commands
      case .none: []
      }
    self.init(
      code: remedy.code,
      urgency: remedy.urgency,
      summary: remedy.summary,
      member: question.target,
      incidents: [question.incident.id],
      answer: decision.answer,
      reasons: decision.reasons,
      wouldTell: decision.wouldTell,
      preconditions: decision.answer == .stillNeeded ? remedy.preconditions : [],
      commands: commands
    )
  }

  /// Whether two incidents advise the same with the same answer.
  fileprivate func isSame(as other: CheckedRemedy) -> Bool {
    code == other.code && summary == other.summary && answer == other.answer && reasons == other.reasons
      && commands == other.commands
  }
}
