import Contract

// Remedies for the cluster as a whole and for its DCS.

extension CodeMeaning {
  static let clusterRemedies: [CodeMeaning] = [
    CodeMeaning(
      RemedyCode.promoteManually,
      "Promote a member by hand",
      does: """
        patronictl failover names the member that shall become primary, also when there is no leader.
        """,
      why: """
        Patroni promotes nobody whom its rules exclude; a person may know better.
        """,
      when: """
        Nobody took over, and the old primary will not be back soon.
        """,
      mind: """
        Take the most advanced member: what it has not received is lost. Make sure that the old primary is down and stays
        down. With a healthy leader use switchover instead.
        """,
      see: ["no_promotable_member", "operator_failover"]
    ),
    CodeMeaning(
      RemedyCode.resumeCluster,
      "End maintenance mode",
      does: """
        patronictl resume turns automatic failover on again.
        """,
      why: """
        A paused cluster does not replace a failed leader.
        """,
      when: """
        The cluster was paused during an incident, or still is at the end of the log.
        """,
      mind: """
        Patroni acts at once: a primary without the lock is demoted, stopped servers are started. Look at patronictl list
        first, and use --wait.
        """,
      see: ["cluster_paused"]
    ),
    CodeMeaning(
      RemedyCode.enableFailsafe,
      "Turn on failsafe_mode",
      does: """
        Lets the leader go on without the DCS as long as every known member confirms it over REST.
        """,
      why: """
        Trouble of the DCS alone then causes no outage of the database.
        """,
      when: """
        A healthy leader demoted itself because the DCS was out of reach. Patroni 3.0 or later.
        """,
      mind: """
        All members must reach each other on the REST port. It does not help when a member is down together with the
        DCS.
        """,
      see: ["demoted_without_dcs", "failsafe_active"]
    ),
    CodeMeaning(
      RemedyCode.enableWatchdog,
      "Use a watchdog",
      does: """
        Patroni opens /dev/watchdog on the leader; if it freezes, the machine is reset before the lock expires.
        """,
      why: """
        Nothing else stops a primary whose agent is dead or frozen.
        """,
      when: """
        Two primaries were seen or possible, Patroni was killed beside a running primary, or the watchdog is configured
        and not active.
        """,
      mind: """
        softdog is enough on virtual machines; a container needs the device and resets the whole host. mode: required
        means no leader without it.
        """,
      see: ["dual_primary", "watchdog_unavailable"]
    ),
    CodeMeaning(
      RemedyCode.enableSynchronousMode,
      "Replicate synchronously",
      does: """
        synchronous_mode makes a commit wait until a standby has it, and lets only such standbys be promoted.
        """,
      why: """
        Then no acknowledged write is lost in a failover.
        """,
      when: """
        Acknowledged writes were lost or may have been.
        """,
      mind: """
        Each commit pays a round trip, and writes stall up to ttl when the standby dies. With
        synchronous_mode_strict they stop while there is no standby. Two standbys make it comfortable.
        """,
      see: ["writes_lost", "writes_at_risk"]
    ),
    CodeMeaning(
      RemedyCode.useReplicationSlots,
      "Keep WAL with replication slots",
      does: """
        use_slots lets Patroni keep a slot for each member, so that the primary keeps the WAL that the member needs.
        """,
      why: """
        A member that was away for a while can stream on instead of being copied again.
        """,
      when: """
        A replica lost its WAL and slots were not in use.
        """,
      mind: """
        An absent member then fills the primary's disk: bound it with max_slot_wal_keep_size, and monitor it.
        """,
      see: ["wal_removed", "member_slots_ttl"]
    ),
    CodeMeaning(
      RemedyCode.keepMoreWAL,
      "Keep more WAL for absent members",
      does: """
        Raises what the primary keeps, or gives replicas a restore_command that reads the archive.
        """,
      why: """
        The longer WAL is kept, the longer a member may be away without a new copy.
        """,
      when: """
        A replica asked for a segment that had been removed.
        """,
      mind: """
        Size it by WAL per hour times the longest absence that you plan for, and check the disk.
        """,
      see: ["wal_removed", "wal_keep_size"]
    ),
    CodeMeaning(
      RemedyCode.memberSlotsTtl,
      "Keep the slots of absent members longer",
      does: """
        Raises member_slots_ttl, after which Patroni 4.0 and later drops the slot of a member that is gone (default
        30 minutes).
        """,
      why: """
        When the slot goes, so does the WAL that the member will ask for.
        """,
      when: """
        Slots are in use, and a member was away longer than the limit.
        """,
      mind: """
        The WAL of that time must fit on the primary's disk.
        """,
      see: ["wal_removed", "use_replication_slots"]
    ),
    CodeMeaning(
      RemedyCode.walKeepSize,
      "Raise wal_keep_size",
      does: """
        Makes every server keep at least so much past WAL, slot or no slot (up to PostgreSQL 12 wal_keep_segments).
        """,
      why: """
        It also helps after a failover, when the new primary has no slot with history for the others yet.
        """,
      when: """
        A replica lost its WAL although slots are in use.
        """,
      mind: """
        It costs that much disk on every member. A reload is enough.
        """,
      see: ["wal_removed"]
    ),
    CodeMeaning(
      RemedyCode.removeDCSState,
      "Remove the cluster's record from the DCS",
      does: """
        Deletes the keys of the scope (patronictl remove), or the initialize key alone, so that a cluster can be
        bootstrapped.
        """,
      why: """
        A record of a former cluster keeps every member waiting for a leader that does not exist.
        """,
      when: """
        Nobody leads, the record does not fit the data, and it was decided that the record is wrong.
        """,
      mind: """
        Only with all members stopped, and never while a member with good data runs: the configuration and history in the
        DCS are lost too. Start the member with the data first.
        """,
      see: ["waiting_for_leader", "system_id_mismatch"]
    ),
    CodeMeaning(
      RemedyCode.restoreDCS,
      "Bring the DCS back",
      does: """
        Starts the missing members of etcd, Consul or ZooKeeper, or repairs what holds them back.
        """,
      why: """
        Patroni recovers by itself as soon as the store has a quorum again.
        """,
      when: """
        The store had no quorum or could not be reached.
        """,
      mind: """
        Do not delete data directories of store members to make them start. From a snapshot restore only when the majority
        is lost for good. Check: etcdctl endpoint status --cluster.
        """,
      see: ["dcs_quorum_lost", "demoted_without_dcs"]
    ),
    CodeMeaning(
      RemedyCode.restoreDCSMember,
      "Bring the missing DCS member back",
      does: """
        Starts the member again, or removes and adds it if its data is lost.
        """,
      why: """
        The store survives no further loss until then.
        """,
      when: """
        One member is gone and the quorum holds.
        """,
      mind: """
        Replacing means member remove, then member add, then a start with an empty directory and
        initial-cluster-state existing, one member at a time.
        """,
      see: ["dcs_member_lost"]
    ),
    CodeMeaning(
      RemedyCode.resizeDCS,
      "Give the DCS three or five members",
      does: """
        Grows the store to an odd number of members on different hosts.
        """,
      why: """
        A store of n members survives the loss of (n − 1) / 2: one of three, two of five, none of one or two.
        """,
      when: """
        The store has one member, or as many as it needs for its quorum.
        """,
      mind: """
        Add members one by one, and list all of them in every Patroni configuration.
        """,
      see: ["dcs_single_member"]
    ),
    CodeMeaning(
      RemedyCode.fixDCSLatency,
      "Make the DCS faster",
      does: """
        Gives etcd a fast disk of its own, CPU, and a quiet network.
        """,
      why: """
        Patroni needs an answer within retry_timeout, and etcd one fsync per write.
        """,
      when: """
        Slow requests or fsyncs stand in the log, or the leader was late to renew its lock.
        """,
      mind: """
        Longer time-outs hide the matter at the price of a longer detection. Check
        etcd_disk_wal_fsync_duration_seconds: 99 % below 10 ms.
        """,
      see: ["dcs_slow"]
    ),
  ]
}
