import Contract

// Root causes between the nodes: network, DCS, and people.

extension CodeMeaning {
  static let clusterCauses: [CodeMeaning] = [
    CodeMeaning(
      RootCauseCode.networkPartition,
      "The network was cut",
      means: """
        Nodes were alive on both sides of a cut and could not reach each other.
        """,
      why: """
        A switch, a firewall rule, a routing change, a broken overlay network.
        """,
      signs: """
        Time-outs or `No route to host` towards a node whose own log goes on without a restart; that node complains
        about all others at once.
        """,
      next: """
        Read the log of the cut-off node for the same minutes: only it tells whether it stopped taking writes in time.
        """,
      see: ["host_lost", "dual_primary", "fix_network"]
    ),
    CodeMeaning(
      RootCauseCode.networkDegraded,
      "The network was slow or lost packets",
      means: """
        Connections held, but answers came late or only now and then.
        """,
      why: """
        Overload, a bad cable or duplex, a saturated link, packet loss in an overlay.
        """,
      signs: """
        Several components complain about time-outs and recover, again and again, without a clear loss.
        """,
      next: """
        Measure loss and latency between the nodes. Do not answer it with larger time-outs before you know.
        """,
      see: ["dcs_slow", "proxy_flapping", "fix_network"]
    ),
    CodeMeaning(
      RootCauseCode.dcsQuorumLost,
      "The DCS lost its quorum",
      means: """
        Too few members of the store were alive to agree, so no lock could be renewed.
        """,
      why: """
        Of three etcd members two were gone, of two one; a store of one member has no margin at all.
        """,
      signs: """
        etcd: `lost leader`, `stepped down to follower since quorum is not active`, `etcdserver: no leader`; Patroni:
        `Error communicating with DCS` on every member.
        """,
      next: """
        Bring the lost members back; do not remove members from a store without quorum. PostgreSQL follows by itself.
        """,
      see: ["restore_dcs", "resize_dcs", "enable_failsafe"]
    ),
    CodeMeaning(
      RootCauseCode.dcsUnreachable,
      "A member could not reach the DCS",
      means: """
        The store works for others, but not for this node.
        """,
      why: """
        Network or firewall between the two, DNS, expired certificates or credentials, a local agent that is down.
        """,
      signs: """
        DCS errors on one member while the others run their loops without trouble.
        """,
      next: """
        From that host ask each DCS endpoint by hand, for example with etcdctl endpoint health.
        """,
      see: ["fix_network", "fix_dns", "demoted_without_dcs"]
    ),
    CodeMeaning(
      RootCauseCode.dcsSlow,
      "The DCS answered too late",
      means: """
        The store was alive but took longer than retry_timeout allows.
        """,
      why: """
        etcd needs a fast fsync: shared or slow disks, neighbours with heavy I/O, compaction, CPU starvation.
        """,
      signs: """
        `apply request took too long`, `slow fdatasync`, `leader failed to send out heartbeat on time`; Patroni:
        `Loop time exceeded` and time-outs.
        """,
      next: """
        Give etcd a disk of its own and watch wal_fsync_duration: its 99th percentile should be below 10 ms.
        """,
      see: ["fix_dcs_latency", "dcs_quorum_lost"]
    ),
    CodeMeaning(
      RootCauseCode.operatorSwitchover,
      "Somebody asked for a switchover",
      means: """
        The change of leader was planned, with a healthy leader handing over.
        """,
      why: """
        patronictl switchover, POST /switchover, or a schedule.
        """,
      signs: """
        `switchover: demoting myself`, `received switchover request`, or the command itself in the log.
        """,
      next: """
        Nothing is broken. If clients suffered longer than two or three seconds, look at proxy and pooler.
        """,
      see: ["switchover", "tune_pooler"]
    ),
    CodeMeaning(
      RootCauseCode.operatorFailover,
      "Somebody asked for a failover",
      means: """
        A person named a member to promote, which also works without a healthy leader.
        """,
      why: """
        patronictl failover or POST /failover, usually because automatic failover did not happen.
        """,
      signs: """
        `received failover request`, `Cleaning up failover key`, `manual failover` in Patroni's lines.
        """,
      next: """
        With a healthy leader use switchover instead: it cannot lose writes.
        """,
      see: ["no_promotable_member", "writes_at_risk"]
    ),
    CodeMeaning(
      RootCauseCode.operatorRestart,
      "Somebody restarted the server",
      means: """
        PostgreSQL was restarted on request, and the same member led before and after.
        """,
      why: """
        patronictl restart for settings that need it, or a restart of the service.
        """,
      signs: """
        A restart request in Patroni's log, a fast shutdown, and `starting PostgreSQL` right after it.
        """,
      next: """
        Restart replicas first, then switch over, then restart the old leader: clients then see seconds instead of a
        shutdown checkpoint.
        """,
      see: ["primary_outage"]
    ),
    CodeMeaning(
      RootCauseCode.authenticationFailure,
      "A node or client was not let in",
      means: """
        Credentials or pg_hba.conf refused a connection that the cluster needs.
        """,
      why: """
        A changed password on one side only, a missing pg_hba line for a new address, an expired certificate.
        """,
      signs: """
        `password authentication failed for user`, `no pg_hba.conf entry for replication connection`.
        """,
      next: """
        Set the same credentials in all members' Patroni configuration; pg_hba rules belong there too, or Patroni will
        overwrite them.
        """,
      see: ["replication_broken", "fix_configuration"]
    ),
    CodeMeaning(
      RootCauseCode.configurationError,
      "A setting is wrong",
      means: """
        A component did what it was told, and that was not what was meant.
        """,
      why: """
        Typing errors, time-outs that contradict each other, a missing section, a parameter of another version.
        """,
      signs: """
        A refused start with a message about configuration, or behaviour that only a setting explains.
        """,
      next: """
        Run patroni --validate-config on the file, or haproxy -c -f, before you restart anything.
        """,
      see: ["fix_configuration", "patroni_start_failed"]
    ),
    CodeMeaning(
      RootCauseCode.unknown,
      "The log does not tell",
      means: """
        No explanation has enough support to be named; the alternatives in the report say how near each came.
        """,
      why: """
        The decisive log is missing: that of the member which failed, of the runtime, or of the minutes before.
        """,
      signs: """
        Effects are there, such as lost connections and an expired lock, but no line of the failing component.
        """,
      next: """
        Fetch the logs that the coverage section names, over the same minutes and from all nodes, and run failscope
        again.
        """,
      see: ["collect_more_logs", "missing_source"]
    ),
  ]
}
