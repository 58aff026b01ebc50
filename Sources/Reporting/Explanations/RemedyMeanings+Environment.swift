import Contract

// Remedies around the cluster: network, names, clocks, disks, configuration, logs.

extension CodeMeaning {
  static let environmentRemedies: [CodeMeaning] = [
    CodeMeaning(
      RemedyCode.collectMoreLogs,
      "Fetch the missing logs",
      does: """
        Collects the logs of all members, over the same minutes, from the components that the report names.
        """,
      why: """
        One node's view cannot tell cause from effect, nor exclude a second primary.
        """,
      when: """
        A source is missing, the log is cut, or a conclusion rests on silence.
        """,
      mind: """
        Fetch them before containers are recreated. Take ten minutes before the first error, and timestamps from the
        runtime (docker logs --timestamps).
        """,
      see: ["missing_source", "truncated_log"]
    ),
    CodeMeaning(
      RemedyCode.fixConfiguration,
      "Repair the configuration",
      does: """
        Corrects the setting that the component complained about, and validates the file.
        """,
      why: """
        Restarts alone repeat the same refusal.
        """,
      when: """
        Patroni, a bootstrap or a server failed because of its configuration, or a replication login is refused.
        """,
      mind: """
        patroni --validate-config FILE checks it. Settings of the whole cluster belong into patronictl edit-config; local
        ones win over them.
        """,
      see: ["patroni_start_failed", "bootstrap_failed", "member_start_failed", "recovery_stuck", "replication_broken"]
    ),
    CodeMeaning(
      RemedyCode.freeDiskSpace,
      "Free disk space",
      does: """
        Grows the volume, or removes what is not data: old logs, core dumps, forgotten copies.
        """,
      why: """
        PostgreSQL cannot even shut down cleanly on a full WAL disk.
        """,
      when: """
        A write failed because no space was left.
        """,
      mind: """
        Never delete in pg_wal or the data directory. Drop unused replication slots, repair archiving, then run
        CHECKPOINT so that WAL is recycled.
        """,
      see: ["disk_full", "fix_archiving"]
    ),
    CodeMeaning(
      RemedyCode.fixArchiving,
      "Repair WAL archiving",
      does: """
        Finds out why archive_command fails and lets it catch up.
        """,
      why: """
        WAL that is not archived is not recycled: the disk fills up, and point-in-time recovery has a hole.
        """,
      when: """
        `archive command failed` stands in the log, or the WAL disk fills.
        """,
      mind: """
        pg_stat_archiver shows the last failure. A command that reports success without having copied loses WAL.
        """,
      see: ["disk_full"]
    ),
    CodeMeaning(
      RemedyCode.fixNetwork,
      "Repair the network",
      does: """
        Looks for the cut or the loss between the named nodes: firewall, routes, overlay, cables.
        """,
      why: """
        Every time-out in the cluster is built on the assumption that packets arrive.
        """,
      when: """
        One member could not reach what others reached, or connections flapped.
        """,
      mind: """
        Test each port by itself: 5432, 8008, the DCS ports. Test from the failing node.
        """,
      see: ["dcs_unreachable", "network_partition"]
    ),
    CodeMeaning(
      RemedyCode.fixDNS,
      "Repair name resolution",
      does: """
        Makes names resolve quickly and reliably, or replaces them by addresses.
        """,
      why: """
        libpq waits for the resolver without any limit of its own, and so does what waits for libpq.
        """,
      when: """
        Host names did not resolve, and it was not only that of a stopped container.
        """,
      mind: """
        Two resolvers, options timeout:1 attempts:2, and in HAProxy a resolvers section if addresses change.
        """,
      see: ["dns_failure", "promotion_stalled"]
    ),
    CodeMeaning(
      RemedyCode.fixClock,
      "Synchronise the clock",
      does: """
        Sets up chrony or NTP on the host whose clock is off.
        """,
      why: """
        Logs with different clocks cannot be laid side by side by hand, and certificates and leases depend on time.
        """,
      when: """
        A source's clock differs from the others by more than its uncertainty.
        """,
      mind: """
        Let it slew rather than step on a running primary. Check with chronyc tracking.
        """,
      see: ["clock_skew"]
    ),
  ]
}
