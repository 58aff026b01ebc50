import Contract

// Root causes: what can start an incident. First what happens to a node and the programs on it.

extension CodeMeaning {
  static let nodeCauses: [CodeMeaning] = processCauses + dataCauses

  private static let processCauses: [CodeMeaning] = [
    CodeMeaning(
      RootCauseCode.containerStopped,
      "The container or service was stopped or killed",
      means: """
        The whole box with Patroni and PostgreSQL ended, and the runtime was alive to say so.
        """,
      why: """
        docker stop, docker kill, a redeployment, an eviction, or a stop whose grace period was over before PostgreSQL
        was down. Exit code 137 is SIGKILL, 143 SIGTERM, 0 an orderly end.
        """,
      signs: """
        `pg1 exited with code 137` or systemd's `Main process exited`, at the instant when the other members lose their
        connections.
        """,
      next: """
        Ask who or what stopped it: docker events, the orchestrator's events, the shell history. If the stop was meant,
        a switchover before it saves most of the outage.
        """,
      see: ["host_lost", "out_of_memory", "restart_member"]
    ),
    CodeMeaning(
      RootCauseCode.hostLost,
      "The machine vanished",
      means: """
        All that ran on the host fell silent at once, and nothing was left to report an exit.
        """,
      why: """
        Power, hardware, kernel panic, a stopped or migrated virtual machine. From outside, a cut network looks the same.
        """,
      signs: """
        Connections to it time out instead of being refused, its name may vanish from DNS, and every log of the host
        ends in mid-air.
        """,
      next: """
        Look at the hypervisor's or cloud's events, and at the first lines after the next boot. A log that goes on after
        the gap without a restart says partition, not loss.
        """,
      see: ["network_partition", "container_stopped"]
    ),
    CodeMeaning(
      RootCauseCode.postmasterCrash,
      "PostgreSQL's main process died",
      means: """
        The postmaster was gone while Patroni on the same node lived on and saw it.
        """,
      why: """
        It was killed with SIGKILL by a person or by the memory killer, its data directory was pulled away, or it ran
        into a PANIC.
        """,
      signs: """
        `Postgresql is not running.` from Patroni, `terminating connection due to unexpected postmaster exit` from
        backends, and no shutdown request before it.
        """,
      next: """
        Read the kernel's log for the same second (`Out of memory: Killed process`), and the last lines of PostgreSQL.
        """,
      see: ["out_of_memory", "unclean_stop", "investigate_crash"]
    ),
    CodeMeaning(
      RootCauseCode.backendCrash,
      "One server process crashed and took all sessions with it",
      means: """
        A backend or worker died abnormally. PostgreSQL cannot trust shared memory after that, so it ended every session
        and ran crash recovery.
        """,
      why: """
        A bug in an extension or in PostgreSQL (signal 11), the memory killer or kill -9 (signal 9), an assertion or PANIC
        (signal 6).
        """,
      signs: """
        `server process (PID n) was terminated by signal 11`, then `terminating any other active server processes`.
        """,
      next: """
        The DETAIL line `Failed process was running:` names the statement. Take a core dump if it is signal 11 or 6.
        """,
      see: ["crash_restart", "out_of_memory"]
    ),
    CodeMeaning(
      RootCauseCode.outOfMemory,
      "Memory ran out",
      means: """
        The kernel killed a process, or PostgreSQL could not get memory that it needed.
        """,
      why: """
        work_mem times many sessions, a container limit below what the server uses, or memory that is overcommitted.
        """,
      signs: """
        `Out of memory: Killed process ... (postgres)` or oom-kill in the kernel's or systemd's log, signal 9 on a
        backend, or PostgreSQL's `out of memory` with its DETAIL.
        """,
      next: """
        Set vm.overcommit_memory=2 on the host, lower work_mem or the number of sessions, and compare the container's
        limit with shared_buffers.
        """,
      see: ["backend_crash", "postmaster_crash"]
    ),
    CodeMeaning(
      RootCauseCode.patroniStalled,
      "Patroni froze",
      means: """
        The agent was alive but did not run its loop, so the leader lock was not renewed.
        """,
      why: """
        A starved or suspended machine, a hanging disk, a blocked call to PostgreSQL or the DCS, SIGSTOP.
        """,
      signs: """
        A gap between heartbeats longer than ttl on the leader, then lines that go on in the same process, often with
        `Loop time exceeded` or `lost leader lock`.
        """,
      next: """
        Look at CPU steal, I/O wait and suspensions of that host. A watchdog turns such a freeze into a clean loss.
        """,
      see: ["stall", "unmanaged_primary", "enable_watchdog"]
    ),
    CodeMeaning(
      RootCauseCode.patroniStopped,
      "Patroni ended while the server ran on, or ended it",
      means: """
        The agent itself was stopped or crashed; nobody renewed the lock any more.
        """,
      why: """
        A service restart, kill, a Python error, or an exit on purpose such as a name conflict. On SIGTERM Patroni stops
        PostgreSQL too, on SIGKILL it cannot.
        """,
      signs: """
        Heartbeats end without a shutdown of PostgreSQL, or a unit's `Stopped` line or traceback stands at the end.
        """,
      next: """
        Start Patroni again; it takes over the running server. Then find out why it ended.
        """,
      see: ["patroni_killed", "unmanaged_primary", "restart_patroni"]
    ),
    CodeMeaning(
      RootCauseCode.postgresStalled,
      "PostgreSQL is alive and answers nothing",
      means: """
        The server process exists, but queries hang, so Patroni cannot tell its state.
        """,
      why: """
        The disk does not answer, connection slots are used up, a lock blocks Patroni's own query, or the process is
        stopped.
        """,
      signs: """
        `Error communicating with PostgreSQL. Will try again later` without a shutdown or crash of the server.
        """,
      next: """
        Look at I/O and at processes in state D on that host, and at pg_stat_activity if you get in.
        """,
      see: ["investigate_stall", "connections_exhausted"]
    ),
  ]

  private static let dataCauses: [CodeMeaning] = [
    CodeMeaning(
      RootCauseCode.diskFull,
      "A disk ran full",
      means: """
        PostgreSQL could not write. If it is the WAL disk, the server goes down with a PANIC.
        """,
      why: """
        WAL kept by an unread replication slot or by failing archiving, logs, temporary files, growing tables.
        """,
      signs: """
        `No space left on device`, as ERROR for tables and as PANIC for pg_wal.
        """,
      next: """
        Never delete files in pg_wal by hand. Grow the disk or free other files, then remove the cause: slot, archiver,
        logs.
        """,
      see: ["free_disk_space", "fix_archiving"]
    ),
    CodeMeaning(
      RootCauseCode.dataDirectoryLost,
      "The data directory is gone or empty",
      means: """
        Patroni or PostgreSQL found no data where data had been.
        """,
      why: """
        A volume that was not mounted, a new empty volume, a deletion, wrong ownership after a restore.
        """,
      signs: """
        `data directory is not accessible`, `released leader key voluntarily as data dir empty and currently leader`,
        or `data directory lock file is invalid`.
        """,
      next: """
        Check the mount before anything is initialised: the data may be whole and merely not there.
        """,
      see: ["reinit_member", "restore_from_backup"]
    ),
    CodeMeaning(
      RootCauseCode.dataCorruption,
      "Data or WAL is damaged",
      means: """
        The server read something that it cannot trust, and refuses to go on.
        """,
      why: """
        Storage that lies about flushes, an interrupted copy, deleted or foreign WAL files, pg_resetwal.
        """,
      signs: """
        `could not locate a valid checkpoint record`, `invalid page in block`, `out-of-sequence timeline ID`,
        `unexpected timeline ID`.
        """,
      next: """
        Leave the damaged copy untouched and work from a healthy member or a backup. pg_resetwal destroys consistency and
        is no repair.
        """,
      see: ["wal_corrupt", "restore_from_backup"]
    ),
    CodeMeaning(
      RootCauseCode.systemIDMismatch,
      "Data and DCS record belong to different clusters",
      means: """
        The system identifier in a member's data is not the one stored in the DCS, so Patroni refuses to run it.
        """,
      why: """
        The member was initialised on its own, restored from another cluster, or the DCS holds the record of a former
        cluster with the same scope.
        """,
      signs: """
        `system ID mismatch, node pg1 belongs to a different cluster`, and Patroni exits.
        """,
      next: """
        Compare `Database system identifier` of pg_controldata on every member with the record. The side that holds the
        only good data is right; wipe nothing before you know which.
        """,
      see: ["waiting_for_leader", "remove_dcs_state"]
    ),
    CodeMeaning(
      RootCauseCode.walRemoved,
      "WAL that a replica still needed was gone",
      means: """
        The upstream had recycled the segment that the replica asked for, so it cannot catch up by streaming.
        """,
      why: """
        The replica was away for longer than WAL is kept, without a slot, with an invalidated slot, or longer than
        member_slots_ttl.
        """,
      signs: """
        `requested WAL segment ... has already been removed`, repeated every wal_retrieve_retry_interval.
        """,
      next: """
        If an archive has the segment, restore_command is enough; else the member must be built anew.
        """,
      see: ["reinit_member", "use_replication_slots", "keep_more_wal"]
    ),
    CodeMeaning(
      RootCauseCode.timelineDivergence,
      "A member's history differs from the primary's",
      means: """
        The member wrote or replayed WAL that is not part of the current timeline's past.
        """,
      why: """
        It was primary when another member was promoted, or it followed such a primary.
        """,
      signs: """
        `requested timeline N is not a child of this server's history`, `does not contain minimum recovery point`, or
        `forked off current database system timeline`.
        """,
      next: """
        Save what only it has, then rewind it or build it anew.
        """,
      see: ["timeline_split", "rewind_member", "reinit_member"]
    ),
  ]
}
