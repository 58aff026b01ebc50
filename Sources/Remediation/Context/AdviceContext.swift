/// What advice depends on besides the incident: names to put into commands, and the state at the end of the log.
package struct AdviceContext: Hashable, Sendable {
  /// The cluster's name for `patronictl`; nil becomes the placeholder `CLUSTER`.
  package var scope: String?
  /// Patroni's configuration file as somebody typed it, else the usual one.
  package var configurationFile: String
  /// In the order in which the log names them.
  package var members: [MemberOutlook]
  /// The last holder of the leader lock.
  package var leader: String?
  /// Whether the leader is shown writable at the end, and nothing contradicts it.
  package var isLeaderHealthy: Bool
  package var leaderTimeline: Int?
  package var isPaused: Bool
  /// Whether the log shows failsafe mode at work.
  package var hasFailsafe: Bool
  /// Whether the log shows a synchronous standby.
  package var isSynchronous: Bool
  /// Whether members use replication slots; nil if the log does not tell.
  package var usesSlots: Bool?
  /// Whether a slot was given up because it kept too much WAL.
  package var hasLostSlot: Bool
  package var hasArchivingFailures: Bool
  package var store: StoreOutlook

  package init(
    scope: String? = nil,
    configurationFile: String = "/etc/patroni.yml",
    members: [MemberOutlook] = [],
    leader: String? = nil,
    isLeaderHealthy: Bool = false,
    leaderTimeline: Int? = nil,
    isPaused: Bool = false,
    hasFailsafe: Bool = false,
    isSynchronous: Bool = false,
    usesSlots: Bool? = nil,
    hasLostSlot: Bool = false,
    hasArchivingFailures: Bool = false,
    store: StoreOutlook = StoreOutlook()
  ) {
    self.scope = scope
    self.configurationFile = configurationFile
    self.members = members
    self.leader = leader
    self.isLeaderHealthy = isLeaderHealthy
    self.leaderTimeline = leaderTimeline
    self.isPaused = isPaused
    self.hasFailsafe = hasFailsafe
    self.isSynchronous = isSynchronous
    self.usesSlots = usesSlots
    self.hasLostSlot = hasLostSlot
    self.hasArchivingFailures = hasArchivingFailures
    self.store = store
  }

  /// The outlook of a member; of one that the log only names, nothing is known.
  package func member(_ name: String) -> MemberOutlook {
    members.first { $0.name == name } ?? MemberOutlook(name: name, condition: .unknown, isAgentAlive: false)
  }
}

/// The configuration store at the end of the log.
package struct StoreOutlook: Hashable, Sendable {
  /// `etcd`, `consul`, `zookeeper` …; nil if its own log is not here.
  package var name: String?
  /// Whether it still has no quorum, or no member reaches it.
  package var isOut: Bool
  /// Its members that went away and did not come back, with what they run in.
  package var lostMembers: [Runtime]
  /// Members of the cluster that still cannot reach it.
  package var cutOff: [String]

  package init(name: String? = nil, isOut: Bool = false, lostMembers: [Runtime] = [], cutOff: [String] = []) {
    self.name = name
    self.isOut = isOut
    self.lostMembers = lostMembers
    self.cutOff = cutOff
  }
}
