import Contract

// Remedies for members: start, rewind, rebuild, save.

extension CodeMeaning {
  static let memberRemedies: [CodeMeaning] = [
    CodeMeaning(
      RemedyCode.restartMember,
      "Start the member again",
      does: """
        Starts the container, service or server of a member that is down; Patroni lets it rejoin as a replica.
        """,
      why: """
        Redundancy comes back, and if its data did not diverge nothing else is needed.
        """,
      when: """
        A member is lost and nothing shows that its data cannot follow.
        """,
      mind: """
        Make sure that another leader is there, so that the member comes back as a replica. Check: it streams on the
        leader's timeline in patronictl list.
        """,
      see: ["leader_lost", "member_start_failed"]
    ),
    CodeMeaning(
      RemedyCode.reinitMember,
      "Build the member anew from the leader",
      does: """
        patronictl reinit deletes the member's data directory and copies it again from the leader or another replica.
        """,
      why: """
        It is the sure way back for data that diverged, lost WAL or is damaged.
        """,
      when: """
        A rewind failed or is impossible, WAL was removed, or the data belongs elsewhere.
        """,
      mind: """
        It destroys what only this member has: copy diverged writes aside first. A healthy leader and enough disk and
        network are needed. Check: creating replica, then streaming with lag 0.
        """,
      see: ["salvage_diverged_writes", "timeline_split"]
    ),
    CodeMeaning(
      RemedyCode.rewindMember,
      "Set the member back to the fork with pg_rewind",
      does: """
        Copies only the blocks that changed since the fork from the new primary, then lets the member follow it.
        """,
      why: """
        It is much faster than a new copy of a large database.
        """,
      when: """
        A former primary diverged, and checksums or wal_log_hints were on before that.
        """,
      mind: """
        The member's own writes after the fork are discarded: save them first. If it breaks off, the copy is unusable and
        has to be built anew.
        """,
      see: ["enable_rewind", "rewind_failed"]
    ),
    CodeMeaning(
      RemedyCode.rebuildDataDirectory,
      "Build the data directory by hand",
      does: """
        Moves the old directory aside and takes a base backup with pg_basebackup, without Patroni's help.
        """,
      why: """
        patronictl reinit needs a running Patroni on the member; where that does not run, this is the way.
        """,
      when: """
        A member cannot follow, and its Patroni cannot be started or is not used.
        """,
      mind: """
        Move the old directory rather than deleting it, keep owner and mode 0700, and let Patroni start the server
        afterwards.
        """,
      see: ["reinit_member"]
    ),
    CodeMeaning(
      RemedyCode.salvageDivergedWrites,
      "Save the writes that only the old primary has",
      does: """
        Copies the old primary's data directory, reads its WAL past the fork with pg_waldump, and takes the rows out by
        starting the copy on its own, unreachable for the cluster.
        """,
      why: """
        A rewind or reinit throws them away, and they exist nowhere else.
        """,
      when: """
        The timelines split with WAL beyond the fork, two primaries accepted writes, or acknowledged writes are missing.
        """,
      mind: """
        Start the copy with another port and without primary_conninfo, never as a member. Merging is the application
        owner's decision: ids may have been given out twice.
        """,
      see: ["timeline_split", "writes_lost", "dual_primary"]
    ),
    CodeMeaning(
      RemedyCode.fenceOldPrimary,
      "Stop the old primary at once",
      does: """
        Stops PostgreSQL on the member that lost leadership, and keeps clients from reaching it.
        """,
      why: """
        Each write that it still accepts will be lost or has to be merged by hand.
        """,
      when: """
        Two members act as primary, or a former primary runs without its agent.
        """,
      mind: """
        Be sure which one is the old: the leader key and the higher timeline tell. Stop it, do not delete anything.
        """,
      see: ["dual_primary", "salvage_diverged_writes"]
    ),
    CodeMeaning(
      RemedyCode.restartPatroni,
      "Start Patroni again",
      does: """
        Starts the agent on a member where it died; it takes over a running server without restarting it.
        """,
      why: """
        Without it nobody renews the lock, demotes the server, or repairs it.
        """,
      when: """
        Patroni was killed or exited while PostgreSQL ran on.
        """,
      mind: """
        If another leader exists meanwhile, Patroni demotes the local server at once, which is right: save its extra
        writes afterwards.
        """,
      see: ["patroni_killed"]
    ),
    CodeMeaning(
      RemedyCode.enableRewind,
      "Allow pg_rewind for the next time",
      does: """
        Sets postgresql.use_pg_rewind: true, with data checksums or wal_log_hints on as its condition.
        """,
      why: """
        A former primary then comes back by itself within seconds instead of waiting for a person.
        """,
      when: """
        A member stayed down because rewind was off or not possible.
        """,
      mind: """
        wal_log_hints needs a restart. The rewind discards diverged writes without asking: where they matter, use
        synchronous mode too.
        """,
      see: ["rewind_impossible"]
    ),
    CodeMeaning(
      RemedyCode.checkCloneSource,
      "Check where replicas are copied from",
      does: """
        Tests the replication connection, pg_hba, max_wal_senders and disk space between the new replica and its source.
        """,
      why: """
        A base backup fails for one of these four in nearly all cases.
        """,
      when: """
        The creation of a replica broke off.
        """,
      mind: """
        The tag clonefrom may name a source that is gone. Check: `replica has been created` and then streaming.
        """,
      see: ["replica_creation_failed"]
    ),
    CodeMeaning(
      RemedyCode.restoreFromBackup,
      "Restore from a backup",
      does: """
        Builds the cluster or member from the last good backup and the archived WAL.
        """,
      why: """
        When no member has sound data, a backup is the only way back to a known state.
        """,
      when: """
        Data is lost or damaged on every member that could be a source.
        """,
      mind: """
        Keep the damaged directories. Restore beside them, check what is missing, and only then let clients in.
        """,
      see: ["wal_corrupt", "waiting_for_leader"]
    ),
    CodeMeaning(
      RemedyCode.investigateCrash,
      "Find out why the server crashed",
      does: """
        Reads the signal, the failed statement, the kernel's log and a core dump of the crash.
        """,
      why: """
        A crash that is not understood comes back.
        """,
      when: """
        A process ended by a signal, or the server was found to have gone down without a shutdown.
        """,
      mind: """
        Signal 9: look for the memory killer. Signals 6, 7 and 11: keep the core dump and the versions of all extensions.
        """,
      see: ["crash_restart", "out_of_memory"]
    ),
    CodeMeaning(
      RemedyCode.investigateStall,
      "Find out what the server waits for",
      does: """
        Looks at process states, wait events, I/O latency and locks while the server hangs.
        """,
      why: """
        A restart hides the reason, and a stall usually comes from below: storage, memory, hypervisor.
        """,
      when: """
        The server is alive and does not answer.
        """,
      mind: """
        Take the evidence first (ps with wchan, pg_stat_activity, iostat), then restart or fail over.
        """,
      see: ["postgres_stalled"]
    ),
  ]
}
