import Contract

// Findings about who leads, and about timelines.

extension CodeMeaning {
  static let leadershipFindings: [CodeMeaning] = [
    CodeMeaning(
      FindingCode.leaderLost,
      "The leader vanished or stopped renewing its lock",
      means: """
        The member that held the leader lock no longer did its duty, so the cluster had to find another.
        """,
      why: """
        Its container, host, Patroni or PostgreSQL failed, or it lost the DCS.
        """,
      signs: """
        Replicas lose their WAL stream, the leader's heartbeat stays away, and after ttl the lock is free.
        """,
      next: """
        Read the root cause, and bring the member back as a replica.
        """,
      see: ["restart_member", "detection"]
    ),
    CodeMeaning(
      FindingCode.demotedWithoutDCS,
      "A leader demoted itself because the DCS was out of reach",
      means: """
        The primary was healthy and stopped taking writes, since it could not prove that it still led.
        """,
      why: """
        The DCS did not answer within retry_timeout. Without failsafe_mode that is the only safe thing to do.
        """,
      signs: """
        `demoting self because DCS is not accessible and I was a leader`.
        """,
      next: """
        Restore the DCS; with failsafe_mode the primary would have stayed up while all members could reach it.
        """,
      see: ["restore_dcs", "enable_failsafe"]
    ),
    CodeMeaning(
      FindingCode.failsafeActive,
      "The primary ran without the DCS in failsafe mode",
      means: """
        Clients were served, but no failover was possible at that time.
        """,
      why: """
        failsafe_mode is on, the DCS was away, and all members confirmed the leader.
        """,
      signs: """
        `continue to run as a leader because failsafe mode is enabled and all members are accessible`.
        """,
      next: """
        Repair the DCS before anything else goes wrong; restart no member meanwhile.
        """,
      see: ["restore_dcs", "failsafe"]
    ),
    CodeMeaning(
      FindingCode.dualPrimary,
      "Two members acted as primary",
      means: """
        Both took or could have taken writes; those on the losing side are in no other copy.
        """,
      why: """
        A frozen or dead Patroni beside a living PostgreSQL, or a partition without a watchdog.
        """,
      signs: """
        Activity of the old primary after the new one became writable, or two members that name themselves leader.
        """,
      next: """
        Fence the old primary, keep its data, compare and save its writes, and only then rebuild it.
        """,
      see: ["fence_old_primary", "salvage_diverged_writes", "enable_watchdog"]
    ),
    CodeMeaning(
      FindingCode.noPromotableMember,
      "Nobody could take over",
      means: """
        The lock was free, and every member declined.
        """,
      why: """
        Too much lag, the nofailover tag, a pause, an older timeline, a missing synchronous standby, or no usable
        watchdog where one is required.
        """,
      signs: """
        `My wal position exceeds maximum replication lag`, `I am not allowed to promote`, `Watchdog device is not
        usable`, `i am not the healthiest node`.
        """,
      next: """
        Decide whether the old primary can come back soon. If not, promote the most advanced member by hand, knowing
        that what it has not received is lost.
        """,
      see: ["promote_manually", "resume_cluster"]
    ),
    CodeMeaning(
      FindingCode.clusterPaused,
      "Automatic failover was off",
      means: """
        The cluster was in maintenance mode: Patroni watches and does nothing.
        """,
      why: """
        Somebody ran patronictl pause and did not, or not yet, run resume.
        """,
      signs: """
        `PAUSE:` in front of each heartbeat, and `Maintenance mode: on` below patronictl list.
        """,
      next: """
        Resume when no maintenance is under way; look first which member would be demoted by it.
        """,
      see: ["resume_cluster", "primary_outage"]
    ),
    CodeMeaning(
      FindingCode.promotionStalled,
      "The promotion waited for something other than work",
      means: """
        Between the promote request and the end of recovery lies a gap that the WAL to replay does not explain.
        """,
      why: """
        PostgreSQL waits until the WAL receiver is gone, and that may hang in a connection attempt or name look-up to
        the dead primary.
        """,
      signs: """
        `received promote request`, silence, then `could not connect to the primary server` together with `redo done`.
        """,
      next: """
        Bound that attempt: a connect time-out for the connection, and a resolver that answers quickly for the name.
        """,
      see: ["set_connect_timeout", "fix_dns", "read_only_window"]
    ),
    CodeMeaning(
      FindingCode.promotionFailed,
      "A promotion began and did not finish",
      means: """
        A member held the lock and did not become a working primary.
        """,
      why: """
        The server crashed or was stopped while recovering, a pre_promote script failed, or the lock was lost meanwhile.
        """,
      signs: """
        `promoted self to leader` without a `ready to accept connections` after it, or `lost leader before promote`.
        """,
      next: """
        Read PostgreSQL's log of that member; check whether another member took over.
        """,
      see: ["promote_manually", "recovery_stuck"]
    ),
    CodeMeaning(
      FindingCode.standbyLeader,
      "The leader is a standby leader",
      means: """
        This cluster is a standby cluster: its leader follows a primary elsewhere and is not writable by design.
        """,
      why: """
        The standby_cluster section of the configuration is set.
        """,
      signs: """
        `promoted self to a standby leader`, role Standby Leader in patronictl list.
        """,
      next: """
        Nothing, unless writes were meant to go here: then promote the cluster by removing that section.
        """,
      see: ["read_only_writes"]
    ),
  ]

  static let timelineFindings: [CodeMeaning] = [
    CodeMeaning(
      FindingCode.timelineSwitch,
      "A new timeline began",
      means: """
        A promotion ended the old timeline and began the next one. That is normal.
        """,
      why: """
        Each promotion gets a timeline of its own, so that WAL of the old primary cannot be mixed with that of the new.
        """,
      signs: """
        `selected new timeline ID: 3`.
        """,
      next: """
        Check that every member follows: the TL column of patronictl list must be the same everywhere.
        """,
      see: ["timeline_split"]
    ),
    CodeMeaning(
      FindingCode.timelineSkipped,
      "A promotion is missing from the log",
      means: """
        The timelines in the log do not follow each other, so at least one change of leader is not shown.
        """,
      why: """
        The log of the member that was promoted, or the time of it, was not read.
        """,
      signs: """
        A switch from timeline 2 to 4, or a leader on a timeline that nobody selected.
        """,
      next: """
        patronictl history lists all of them; fetch the logs of those times.
        """,
      see: ["collect_more_logs"]
    ),
    CodeMeaning(
      FindingCode.timelineSplit,
      "A member has WAL that is not in the new primary's history",
      means: """
        Its data goes past the fork. It cannot follow the new primary, and what lies past the fork is in no other copy.
        """,
      why: """
        It was primary and wrote on after the last record that the promoted member had received. If only a shutdown
        checkpoint lies there, nothing of value is lost.
        """,
      signs: """
        `new timeline 3 forked off current database system timeline 2 before current recovery point 0/4015F28`: the
        distance between the two positions is the discarded WAL.
        """,
      next: """
        Copy the data directory or look into it with pg_waldump, then rewind or reinitialise the member.
        """,
      see: ["salvage_diverged_writes", "rewind_member", "reinit_member"]
    ),
    CodeMeaning(
      FindingCode.standbyAhead,
      "A member is ahead of the primary on the same timeline",
      means: """
        It has WAL that the primary does not have, though both claim the same timeline: two histories under one number.
        """,
      why: """
        The primary was restored from a backup or lost data, or two members were promoted to the same timeline number.
        """,
      signs: """
        `requested starting point ... is ahead of the WAL flush position of this server`.
        """,
      next: """
        Do not trust the equal numbers. Find out which copy has the good data before either is wiped.
        """,
      see: ["reinit_member", "salvage_diverged_writes"]
    ),
    CodeMeaning(
      FindingCode.historyFileInvalid,
      "A timeline history file is wrong",
      means: """
        A .history file contradicts the WAL, or cannot be read, so recovery does not know which way to go.
        """,
      why: """
        Files of another cluster in the archive, manual deletion or copying, a promotion during a restore.
        """,
      signs: """
        `invalid data in history file`, or `according to history file, WAL location ... belongs to timeline`.
        """,
      next: """
        Do not edit or delete history files. Check that archive and cluster belong together; rebuild the member.
        """,
      see: ["reinit_member", "restore_from_backup"]
    ),
    CodeMeaning(
      FindingCode.controlFileRewritten,
      "The control file shows traces of pg_resetwal",
      means: """
        The WAL was reset by force on this copy; its consistency is gone.
        """,
      why: """
        Somebody ran pg_resetwal to get a server to start.
        """,
      signs: """
        The command or its output in the log, or WAL positions and checkpoints that jump without a history.
        """,
      next: """
        Use this copy to rescue data with pg_dump at most; build the cluster from a healthy copy or a backup.
        """,
      see: ["restore_from_backup", "reinit_member"]
    ),
  ]
}
