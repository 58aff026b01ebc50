import Contract

// Findings about members that do not start, follow or keep their data.

extension CodeMeaning {
  static let memberFindings: [CodeMeaning] = [
    CodeMeaning(
      FindingCode.memberStartFailed,
      "PostgreSQL cannot start on a member",
      means: """
        Patroni tried to start the server and it ended again, usually over and over.
        """,
      why: """
        Diverged timelines, missing WAL, a bad parameter, permissions, a full disk, a port in use.
        """,
      signs: """
        `failed to start postgres`, state `start failed`; the reason is the FATAL or PANIC line in PostgreSQL's log just
        before.
        """,
      next: """
        Read that line first: a restart does not help against divergence, and a reinit not against a bad parameter.
        """,
      see: ["reinit_member", "restart_member"]
    ),
    CodeMeaning(
      FindingCode.rewindRan,
      "pg_rewind brought a member back",
      means: """
        The member's extra WAL was discarded and its data set back to the fork.
        """,
      why: """
        use_pg_rewind is on, and the former primary had diverged.
        """,
      signs: """
        `running pg_rewind from ...`, `servers diverged at WAL location`, `pg_rewind exit code=0` or `Done!`.
        """,
      next: """
        What lay past the fork is gone from this member; the report says how much it was.
        """,
      see: ["timeline_split", "writes_lost"]
    ),
    CodeMeaning(
      FindingCode.rewindFailed,
      "pg_rewind ran and failed",
      means: """
        The member is neither as it was nor as it should be; it must not be started as it is.
        """,
      why: """
        Missing WAL back to the last common checkpoint, credentials, a statement_timeout on the source, files that
        cannot be read.
        """,
      signs: """
        `pg_rewind exit code=1`, `pg_rewind: error: ...`, `Failed to rewind from healthy primary`.
        """,
      next: """
        A copy that pg_rewind broke off on is not usable: reinitialise the member.
        """,
      see: ["reinit_member", "enable_rewind"]
    ),
    CodeMeaning(
      FindingCode.rewindImpossible,
      "A diverged member cannot be rewound",
      means: """
        pg_rewind was needed and not allowed or not able, so the member stays behind on its branch.
        """,
      why: """
        use_pg_rewind is off, or neither data checksums nor wal_log_hints are on.
        """,
      signs: """
        A diverged timeline without a rewind attempt, or the complaint that wal_log_hints or checksums are missing.
        """,
      next: """
        Reinitialise it now; turn rewind on for the next time.
        """,
      see: ["reinit_member", "enable_rewind"]
    ),
    CodeMeaning(
      FindingCode.reinitRan,
      "A member was built anew",
      means: """
        Its data directory was removed and copied from another member.
        """,
      why: """
        Somebody ran patronictl reinit, or Patroni did so after a failed rewind, if told to.
        """,
      signs: """
        `Removing data directory`, `replica has been created using basebackup`, `bootstrapped from leader`.
        """,
      next: """
        Check that it streams. What only it had is gone.
        """,
      see: ["timeline_split"]
    ),
    CodeMeaning(
      FindingCode.walRemoved,
      "The upstream no longer has the WAL that a replica needs",
      means: """
        The replica cannot go on by streaming, however long it waits.
        """,
      why: """
        It was away longer than WAL is kept: no slot, an invalidated slot, or a slot that was dropped after
        member_slots_ttl.
        """,
      signs: """
        `requested WAL segment ... has already been removed`.
        """,
      next: """
        Restore the segment from the archive or reinitialise the member; then keep more WAL for absent members.
        """,
      see: ["reinit_member", "use_replication_slots", "keep_more_wal", "member_slots_ttl"]
    ),
    CodeMeaning(
      FindingCode.systemIDMismatch,
      "A member's data is of another cluster than the DCS record",
      means: """
        Patroni refuses to run the member, since following would mix two databases.
        """,
      why: """
        Wrong data (a separate initdb, a restore of another cluster) or a wrong record (left by a former cluster).
        """,
      signs: """
        `CRITICAL: system ID mismatch, node ... belongs to a different cluster: A != B`.
        """,
      next: """
        Ask which is right: compare pg_controldata of all members with the record. Only then reinitialise the member or
        remove the record.
        """,
      see: ["reinit_member", "remove_dcs_state"]
    ),
    CodeMeaning(
      FindingCode.bootstrapFailed,
      "initdb, clone or first start failed",
      means: """
        The first member of the cluster could not be created.
        """,
      why: """
        Permissions, a directory that is not empty, missing locales or libraries, a failing post_bootstrap script.
        """,
      signs: """
        `failed to bootstrap`, `initdb failed`, and a traceback or the tool's own error before it.
        """,
      next: """
        Repair what the tool complained about. Patroni moves the broken directory aside and exits, so the next start
        tries again.
        """,
      see: ["fix_configuration", "waiting_for_leader"]
    ),
    CodeMeaning(
      FindingCode.waitingForLeader,
      "Everybody waits for a leader that will not come",
      means: """
        The DCS says that the cluster was initialised, no member leads, and none may initialise it again.
        """,
      why: """
        The initialize key is left over from a former cluster or a broken bootstrap, or the member with the data is not
        started.
        """,
      signs: """
        `waiting for leader to bootstrap` in every loop of every member.
        """,
      next: """
        If a member has the data, start that one. Only if there is none, remove the key and let one bootstrap.
        """,
      see: ["remove_dcs_state", "restore_from_backup"]
    ),
    CodeMeaning(
      FindingCode.replicaCreationFailed,
      "A base backup broke off",
      means: """
        A replica could not be copied from its source; Patroni tries again.
        """,
      why: """
        Credentials, pg_hba, no free WAL sender, the source changed or went away, too little disk.
        """,
      signs: """
        `Error when fetching backup: pg_basebackup exited with code=1` and pg_basebackup's own error.
        """,
      next: """
        Try the replication connection by hand from that host, and check max_wal_senders and disk space.
        """,
      see: ["check_clone_source", "authentication_failure"]
    ),
    CodeMeaning(
      FindingCode.recoveryStuck,
      "Recovery does not end",
      means: """
        The server starts and replays, but never becomes consistent or reaches its goal.
        """,
      why: """
        WAL is missing, a recovery target lies beyond the archive, or replay waits for WAL that nobody sends.
        """,
      signs: """
        `waiting for WAL to become available`, `the database system is starting up` for minutes, repeated restores of
        the same segment.
        """,
      next: """
        Look at pg_controldata's minimum recovery point and find the segment that has it.
        """,
      see: ["collect_more_logs", "restore_from_backup"]
    ),
    CodeMeaning(
      FindingCode.replicaLagging,
      "A replica is far behind",
      means: """
        It may not be promoted while it lags more than maximum_lag_on_failover, and serves old data.
        """,
      why: """
        Replay blocked by queries, slow disk or network, or a burst of writes.
        """,
      signs: """
        Lag in patronictl list, `exceeds maximum replication lag`, `recovery still waiting`.
        """,
      next: """
        Compare sent, written, flushed and replayed positions in pg_stat_replication.
        """,
      see: ["replica_lag", "no_promotable_member"]
    ),
    CodeMeaning(
      FindingCode.replicationBroken,
      "A member is up but does not stream",
      means: """
        It accepts reads and looks alive, yet gets nothing from the primary any more.
        """,
      why: """
        The connection is refused, its slot is missing, or its timeline does not fit.
        """,
      signs: """
        State running instead of streaming (Patroni 3.0.4 and later), `could not start WAL streaming`, `could not
        connect to the primary server` in a loop.
        """,
      next: """
        Read the WAL receiver's error; a lower TL in patronictl list means divergence, not a network fault.
        """,
      see: ["restart_member", "timeline_split"]
    ),
  ]

  static let dataFindings: [CodeMeaning] = [
    CodeMeaning(
      FindingCode.dataDirectoryLost,
      "A data directory is gone or empty",
      means: """
        There is nothing to start on this member.
        """,
      why: """
        An unmounted or replaced volume, a deletion, or wrong ownership.
        """,
      signs: """
        `data directory is not accessible`, `data dir empty`, `data directory lock file is invalid`.
        """,
      next: """
        Check the mount first. If the data is really gone and a leader is healthy, reinitialise.
        """,
      see: ["reinit_member", "restore_from_backup"]
    ),
    CodeMeaning(
      FindingCode.walCorrupt,
      "WAL cannot be read",
      means: """
        The server met WAL that is damaged or foreign at a place where it needs it.
        """,
      why: """
        Storage faults, an incomplete copy, files of another cluster or timeline in pg_wal or the archive.
        """,
      signs: """
        `could not locate a valid checkpoint record`, `out-of-sequence timeline ID`, `WAL file is from different
        database system`. An `invalid record length` at the very end of WAL is normal and no damage.
        """,
      next: """
        Keep the files, check the storage, rebuild from a healthy member; never run pg_resetwal on the only copy.
        """,
      see: ["reinit_member", "restore_from_backup"]
    ),
    CodeMeaning(
      FindingCode.writesLost,
      "Acknowledged writes are missing",
      means: """
        Clients were told that their commit succeeded, and the new primary does not have it.
        """,
      why: """
        Replication is asynchronous: what the old primary had not sent when it died is not on the promoted member.
        """,
      signs: """
        An acknowledged write later than `last completed transaction was at log time`, or a later count that is smaller
        than the acknowledged writes.
        """,
      next: """
        Do not wipe the old primary: its data directory holds the lost writes. Take them out, then rebuild it.
        """,
      see: ["salvage_diverged_writes", "enable_synchronous_mode"]
    ),
    CodeMeaning(
      FindingCode.writesAtRisk,
      "Acknowledged writes may be missing",
      means: """
        Some commits lie in the window in which nobody can tell whether they reached the new primary.
        """,
      why: """
        Replication is asynchronous and the log does not show the last position on both sides.
        """,
      signs: """
        Writes acknowledged shortly before the loss, and no replayed transaction, equal end of WAL or clean shutdown
        that covers them.
        """,
      next: """
        Compare the last ids of the application with the table. Keep the old primary's data until that is done.
        """,
      see: ["salvage_diverged_writes", "enable_synchronous_mode"]
    ),
    CodeMeaning(
      FindingCode.sequenceGap,
      "Ids skip, and nothing is missing",
      means: """
        After a promotion a sequence continues up to 32 values later than it stopped.
        """,
      why: """
        PostgreSQL logs sequences 32 values ahead, so that not every nextval writes WAL; a promoted server continues
        after the logged value.
        """,
      signs: """
        Successive ids such as 201 and 232 on the two sides of the failover.
        """,
      next: """
        Nothing. If the gap is larger than 32 per session cache, look for lost or rolled-back writes.
        """,
      see: ["writes_lost", "row_count_changed"]
    ),
    CodeMeaning(
      FindingCode.rowCountChanged,
      "Reads before and after disagree",
      means: """
        The number of rows or the latest row differs by more than the writes in between explain.
        """,
      why: """
        Writes were lost, another writer was active, or the lines come from different runs that were pasted together.
        """,
      signs: """
        Totals in client lines that jump across the failover. Physical replication cannot add rows by itself.
        """,
      next: """
        Check that all lines are of the same run, then compare the table with the old primary's copy.
        """,
      see: ["salvage_diverged_writes", "writes_lost"]
    ),
  ]
}
