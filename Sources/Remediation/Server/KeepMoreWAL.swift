import Contract

/// Keeps the WAL that a replica needs after an absence.
enum KeepMoreWAL: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    guard advice.has(.walRemoved) else { return [] }
    // Slots that are in use already did not help: they were dropped or given up while the member was away.
    guard advice.context.usesSlots == true else { return [useSlots(advice), keepMore(advice)] }
    return [advice.has(.timelineSwitch) ? keepMoreEverywhere(advice) : keepMore(advice), slotsLonger(advice)]
  }

  /// A member that was promoted has no slot yet that kept WAL for the others: each must keep some by itself.
  private static func keepMoreEverywhere(_ advice: Advice) -> Remedy {
    var remedy = keepMore(advice)
    remedy.code = .walKeepSize
    remedy.summary = "Let every member keep past WAL: a new leader has no slot that kept it for the others."
    return remedy
  }

  private static func useSlots(_ advice: Advice) -> Remedy {
    Remedy(
      code: .useReplicationSlots,
      urgency: .later,
      summary: "Let Patroni keep a replication slot for each member, so that the leader keeps the WAL that one lacks.",
      commands: [
        advice.commands.editConfig("-s postgresql.use_slots=true"),
        advice.commands.editConfig("-p max_slot_wal_keep_size=10GB"),
      ],
      risk: "A slot of an absent member keeps WAL until the disk is full, unless max_slot_wal_keep_size bounds it.",
      verify: ["pg_replication_slots on the leader has an active slot for each replica"],
      answers: [.walRemoved]
    )
  }

  private static func keepMore(_ advice: Advice) -> Remedy {
    var commands = [advice.commands.editConfig("-p wal_keep_size=2GB")]
    if advice.context.hasLostSlot { commands.append(advice.commands.editConfig("-p max_slot_wal_keep_size=20GB")) }
    return Remedy(
      code: .keepMoreWAL,
      urgency: .later,
      summary: "Keep more WAL on the leader: as much as is written while a member may be away. An archive with "
        + "restore_command does the same.",
      commands: commands,
      risk: "Takes that much space on every member.",
      preconditions: ["the disk has room for it", "PostgreSQL 13 or later; before, the setting is wal_keep_segments"],
      verify: ["a member that was stopped for as long as a maintenance takes streams again by itself"],
      answers: [.walRemoved]
    )
  }

  private static func slotsLonger(_ advice: Advice) -> Remedy {
    Remedy(
      code: .memberSlotsTtl,
      urgency: .later,
      summary: "Keep the slot of an absent member longer than its maintenance takes.",
      commands: [advice.commands.editConfig("-s member_slots_ttl=24h")],
      risk: "An absent member's slot keeps WAL for that long; max_slot_wal_keep_size bounds it.",
      preconditions: ["Patroni 4.0 or later; earlier versions drop the slot as soon as the member's key expires"],
      verify: ["pg_replication_slots on the leader still has the slot after the member was stopped for an hour"],
      answers: [.walRemoved]
    )
  }
}
