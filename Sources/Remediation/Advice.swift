import Contract

/// One incident together with the state at the end of the log: what every advisor is given.
struct Advice {
  let incident: IncidentOutlook
  let context: AdviceContext
  let codes: Set<FindingCode>
  let commands: CommandWriter

  init(incident: IncidentOutlook, context: AdviceContext) {
    self.incident = incident
    self.context = context
    codes = incident.codes
    commands = CommandWriter(context: context)
  }

  func has(_ codes: FindingCode...) -> Bool {
    codes.contains { self.codes.contains($0) }
  }

  /// Those of the codes that were found, in the order given: what a remedy answers.
  func found(_ codes: FindingCode...) -> [FindingCode] {
    codes.filter { self.codes.contains($0) }
  }

  /// The first finding of a code.
  func finding(_ code: FindingCode) -> Finding? {
    incident.findings.first { $0.code == code }
  }

  /// Whether the incident is over for the clients.
  var isOver: Bool { incident.status != .ongoing }

  /// The leader's name as people read it.
  var leaderName: String { context.leader ?? "the leader" }
}

// MARK: - Members in trouble

extension Advice {
  /// Members that the incident or a finding is about, without repetition.
  var concerned: [MemberOutlook] {
    var names: [String] = []
    let fromFindings = incident.findings.filter { Self.repairable.contains($0.code) }.compactMap(\.member)
    for name in incident.lostMembers + fromFindings where !names.contains(name) { names.append(name) }
    return names.map { context.member($0) }
  }

  private static let repairable: Set<FindingCode> = RepairState.unusableData.union([
    .leaderLost, .memberStartFailed, .replicationBroken, .dualPrimary,
  ])

  /// What decides about one member.
  func state(of member: MemberOutlook) -> RepairState {
    let isLeader = context.leader == member.name
    let isLoser = incident.oldPrimary == member.name && incident.newPrimary != nil && incident.newPrimary != member.name
    return RepairState(
      codes: codes(about: member.name),
      condition: member.condition,
      isLeader: isLeader,
      isLeaderHealthy: context.isLeaderHealthy,
      lostWrites: incident.lostWrites,
      isPaused: context.isPaused,
      isHealed: isHealed(member),
      isRepairOrdered: member.isRepairOrdered,
      isOldPrimary: isLoser && !isLeader,
      startFailure: member.startFailure,
      isSplitHarmless: incident.isSplitHarmless,
      isAgentAlive: member.isAgentAlive,
      isLoginRefused: member.isLoginRefused
    )
  }

  func plan(for member: MemberOutlook) -> RepairPlan {
    state(of: member).plan
  }

  /// Codes about this member; one that names nobody is about the old primary.
  func codes(about member: String) -> Set<FindingCode> {
    let aboutAll: Set<FindingCode> = [.writesLost, .writesAtRisk, .rowCountChanged]
    let own = incident.findings.filter { finding in
      guard !aboutAll.contains(finding.code) else { return incident.oldPrimary == member }
      return (finding.member ?? incident.oldPrimary ?? incident.lostMembers.first) == member
    }
    return Set(own.map(\.code))
  }

  /// A member is well if it is well at the end, or came back from this incident and nothing shows it lost again.
  private func isHealed(_ member: MemberOutlook) -> Bool {
    if member.condition == .streaming { return true }
    guard incident.healedMembers.contains(member.name) else { return false }
    return incident.status == .resolved || [.running, .unknown, .leader].contains(member.condition)
  }
}

/// Gives the remedies of one small family.
protocol RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy]
}
