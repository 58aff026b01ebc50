import Contract

/// Looks for what makes the DCS answer late.
enum FixStoreLatency: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    guard advice.has(.dcsSlow) else { return [] }
    let isEtcd = advice.context.store.name == "etcd" || advice.context.store.name == nil
    let metrics =
      "curl -sS http://DCS_HOST:2379/metrics"
      + " | grep -E 'etcd_disk_(wal_fsync|backend_commit)_duration_seconds_(sum|count)|peer_round_trip'"
    return [
      Remedy(
        code: .fixDCSLatency,
        urgency: .soon,
        summary: "Give the DCS a disk of its own and a near network: a late answer looks like a lost one to Patroni.",
        commands: (isEtcd ? [metrics] : []) + StoreCommands.health(of: advice.context.store),
        preconditions: ["until it is faster, a longer retry_timeout keeps loop_wait + 2 × retry_timeout ≤ ttl"],
        verify: ["99 of 100 writes to its disk take less than 10 ms", "no further warnings about slow requests"],
        answers: [.dcsSlow]
      )
    ]
  }
}
