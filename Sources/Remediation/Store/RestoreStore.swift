import Contract

/// Brings the DCS back, if it is still out at the end.
enum RestoreStore: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    let answered = advice.found(.dcsQuorumLost, .demotedWithoutDCS, .failsafeActive)
    guard !answered.isEmpty, advice.context.store.isOut else { return [] }
    let store = advice.context.store
    return [
      Remedy(
        code: .restoreDCS,
        urgency: .now,
        summary: "Bring the DCS back: without it no member may lead.",
        commands: store.lostMembers.map(StoreCommands.start) + StoreCommands.health(of: store),
        risk: "Force-new-cluster or a removed data directory makes the DCS forget the cluster: not while a majority "
          + "can be started.",
        preconditions: ["the disks of its members have space"],
        verify: ["all members of the DCS are healthy and name one leader", "\(advice.commands.list) shows a leader"],
        answers: answered
      )
    ]
  }
}

/// Brings single members of the DCS back, while it has its quorum.
enum RestoreStoreMember: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    let store = advice.context.store
    guard advice.has(.dcsMemberLost), !store.lostMembers.isEmpty, !store.isOut else { return [] }
    return [
      Remedy(
        code: .restoreDCSMember,
        urgency: .soon,
        summary: "Start the lost members of the DCS again: one more loss may cost its quorum.",
        commands: store.lostMembers.map(StoreCommands.start) + StoreCommands.health(of: store),
        verify: ["all members of the DCS are healthy"],
        answers: [.dcsMemberLost]
      )
    ]
  }
}

/// Gives a DCS with a single member companions.
enum ResizeStore: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    guard advice.has(.dcsSingleMember) else { return [] }
    let list = advice.context.store.name == "etcd" ? ["etcdctl member list"] : []
    return [
      Remedy(
        code: .resizeDCS,
        urgency: .later,
        summary: "Run the DCS with three members on three hosts: with one, its loss demotes the primary.",
        commands: list,
        risk: "Adding members one by one, each started before the next, keeps the quorum.",
        verify: ["the DCS lists three healthy members"],
        answers: [.dcsSingleMember]
      )
    ]
  }
}

/// Commands for the kind of DCS that the log shows; etcd's where it shows none.
enum StoreCommands {
  static func health(of store: StoreOutlook) -> [String] {
    switch store.name {
    case "consul": ["consul operator raft list-peers", "consul members"]
    case "zookeeper": ["echo mntr | nc DCS_HOST 2181"]
    case "kubernetes": ["kubectl get --raw /readyz"]
    default: ["etcdctl --endpoints=http://DCS_HOST:2379 endpoint health --cluster"]
    }
  }

  /// On hosts the unit is the store's own, not Patroni's.
  static func start(_ member: Runtime) -> String {
    guard case .host = member else { return member.startCommand }
    return member.runningHere("sudo systemctl start etcd")
  }
}
