import Clocks
package import Correlation
import Model

extension AdviceContext {
  /// Reads names, runtimes and the state at the end of the log off the observations.
  package init(observations: Observations) {
    let typed = TypedCommands(observations: observations)
    let outlooks = MemberOutlookReader(observations: observations, commands: typed)
    let members = outlooks.members()
    let leader = observations.leadership.terms.last?.member
    let occurrences = observations.occurrences
    self.init(
      scope: Self.scope(in: occurrences),
      configurationFile: typed.configurationFile ?? "/etc/patroni.yml",
      members: members,
      leader: leader,
      isLeaderHealthy: LeaderHealth(observations: observations, members: members).isShown,
      leaderTimeline: leader.flatMap { Self.timeline(of: $0, in: occurrences) },
      isPaused: PauseState(occurrences: occurrences).isPaused,
      hasFailsafe: occurrences.contains(.dcsFailsafe)
        || occurrences.of(.leaderKept).contains { $0.reason == "failsafe" },
      isSynchronous: Self.isSynchronous(occurrences),
      usesSlots: Self.usesSlots(occurrences),
      hasLostSlot: occurrences.contains(.replicationSlotLost),
      hasArchivingFailures: occurrences.contains(.faultArchiving),
      store: StoreOutlook(observations: observations)
    )
  }

  private static func scope(in occurrences: Occurrences) -> String? {
    occurrences.of(.clusterListed, .operatorCommand).last { $0.fields[.scope] != nil }?.fields[.scope]
  }

  private static func timeline(of leader: String, in occurrences: Occurrences) -> Int? {
    let own = occurrences.of(.timelineSelected, .clusterMemberListed, member: leader)
    // A diverged member streams on its old timeline for a moment, so the highest of the others' lines is taken.
    let told = own.last { $0.fields.integer(.timeline) != nil }?.fields.integer(.timeline)
    return told
      ?? occurrences.of(.replicationStreaming, .timelineOfLeader).compactMap { $0.fields.integer(.timeline) }.max()
  }

  private static func isSynchronous(_ occurrences: Occurrences) -> Bool {
    occurrences.of(.replicationSyncChanged).contains { $0.fields[.members]?.isEmpty == false }
      || occurrences.list(of: .clusterMemberListed, .agentHeartbeat).contains { $0[.role] == "sync_standby" }
  }

  /// A slot that is made, dropped or asked for shows that slots are in use; its absence shows nothing.
  private static func usesSlots(_ occurrences: Occurrences) -> Bool? {
    occurrences.contains(.replicationSlotChanged, .replicationSlotLost) ? true : nil
  }
}

/// Whether automatic failover is off at the end of the log: the last line that can tell decides.
struct PauseState {
  let isPaused: Bool

  init(occurrences: Occurrences) {
    let telling = occurrences.list(
      of: .agentHeartbeat,
      .agentPauseChanged,
      .clusterMaintenanceListed,
      .operatorCommand,
      .operatorAnswered
    )
    isPaused = telling.reversed().lazy.compactMap(Self.told).first ?? false
  }

  private static func told(by occurrence: Occurrence) -> Bool? {
    switch occurrence.kind {
    case .agentHeartbeat: occurrence.fields[.paused] != nil
    case .agentPauseChanged: occurrence.fields[.state] == "paused"
    case .clusterMaintenanceListed: true
    default:
      switch occurrence.fields[.action] {
      case "pause": true
      case "resume": false
      default: nil
      }
    }
  }
}

extension StoreOutlook {
  init(observations: Observations) {
    let names = observations.store.names
    let cutOff = observations.store.unreachable.filter { $0.window.to == nil }.map(\.member)
    let speaking = observations.agents.filter { !$0.value.signs.isEmpty }.keys
    let isWithoutQuorum = observations.store.withoutQuorum.last.map { $0.window.to == nil } ?? false
    let isOutForAll = speaking.count > 1 && speaking.allSatisfy { cutOff.contains($0) }
    self.init(
      name: names.count == 1 ? names.first : nil,
      isOut: isOutForAll || isWithoutQuorum && !cutOff.isEmpty,
      lostMembers: Self.lostMembers(observations),
      cutOff: observations.directory.members.filter { cutOff.contains($0) }
    )
  }

  /// Store members whose end no start follows.
  private static func lostMembers(_ observations: Observations) -> [Runtime] {
    var lost: [Runtime] = []
    for loss in observations.store.memberLosses {
      let after = Window(from: loss.at, to: nil)
      let source = loss.kind == .dcsStopping ? loss.source : nil
      let name = source.map { observations.name(of: $0) } ?? loss.fields[.name] ?? ""
      let signs = observations.occurrences.of(
        .dcsStarting,
        .dcsReady,
        .dcsLeaderElected,
        .dcsElectionStarted,
        in: after
      )
      let isBack = signs.contains { $0.index > loss.index && observations.name(of: $0.source) == name }
      let runtime = Runtime(source: name, framing: observations.framing(of: loss.source), member: name)
      if !isBack, !name.isEmpty, !lost.contains(runtime) { lost.append(runtime) }
    }
    return lost
  }
}

extension Observations {
  /// The name that the lines of a source go by.
  func name(of source: SourceID) -> String {
    sources.indices.contains(source.index) ? sources[source.index].name : ""
  }

  /// What stands around the lines of a source.
  func framing(of source: SourceID) -> Framing {
    sources.indices.contains(source.index) ? sources[source.index].framing : .plain
  }
}
