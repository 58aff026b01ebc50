import Contract

// Findings about the programs on a node.

extension CodeMeaning {
  static let serverFindings: [CodeMeaning] = [
    CodeMeaning(
      FindingCode.patroniStartFailed,
      "Patroni exits at its start",
      means: """
        The agent does not come up on this member, so nothing is managed there.
        """,
      why: """
        A configuration error, a DCS section that is missing or wrong, a missing Python library, two nodes of one name.
        """,
      signs: """
        `Config is invalid`, `Can not find suitable configuration of distributed configuration store`, `there is already
        a node named`, followed by the exit.
        """,
      next: """
        Run patroni --validate-config with the file, as the user of the service.
        """,
      see: ["fix_configuration"]
    ),
    CodeMeaning(
      FindingCode.patroniKilled,
      "Patroni died and PostgreSQL ran on",
      means: """
        The server was left without its agent: it serves, but nobody would demote it.
        """,
      why: """
        kill -9, the memory killer, a crash of the Python process.
        """,
      signs: """
        Heartbeats end at once, without Patroni's shutdown lines and without a shutdown of the server.
        """,
      next: """
        Start Patroni again; a watchdog bounds the time in which this is dangerous.
        """,
      see: ["restart_patroni", "enable_watchdog", "unmanaged_primary"]
    ),
    CodeMeaning(
      FindingCode.postgresStalled,
      "The server is alive and answers nothing",
      means: """
        Processes exist, connections may even open, but queries do not come back.
        """,
      why: """
        Storage that hangs, a stopped process, exhausted slots, a lock that blocks Patroni's query.
        """,
      signs: """
        `Error communicating with PostgreSQL. Will try again later`, time-outs of clients without error lines.
        """,
      next: """
        Look for processes in state D, for wait events in pg_stat_activity, and at the storage.
        """,
      see: ["investigate_stall"]
    ),
    CodeMeaning(
      FindingCode.watchdogUnavailable,
      "Fencing was asked for and is not active",
      means: """
        Patroni could not open the watchdog device. With mode automatic it goes on without, with required it will not
        lead.
        """,
      why: """
        The softdog module is not loaded, /dev/watchdog belongs to root, or the container does not get the device.
        """,
      signs: """
        `Could not activate Linux watchdog device`, `Watchdog device is not usable`.
        """,
      next: """
        Load softdog and give the Patroni user access to the device; pass it into the container.
        """,
      see: ["enable_watchdog", "dual_primary"]
    ),
    CodeMeaning(
      FindingCode.uncleanStop,
      "The server had gone down without a shutdown",
      means: """
        At its next start PostgreSQL found that it had not been stopped cleanly, and ran crash recovery.
        """,
      why: """
        A crash, SIGKILL, power loss, or an immediate stop.
        """,
      signs: """
        `database system was interrupted; last known up at`, `database system was not properly shut down`.
        """,
      next: """
        Recovery repairs the data. Find out what ended the server: the lines before the gap and the kernel's log.
        """,
      see: ["investigate_crash", "postmaster_crash"]
    ),
    CodeMeaning(
      FindingCode.crashRestart,
      "One crash reset every session",
      means: """
        A backend crashed, all others were ended too, and the server restarted or was restarted.
        """,
      why: """
        Shared memory may be damaged after a crash. Patroni sets restart_after_crash off and decides itself.
        """,
      signs: """
        `was terminated by signal`, `terminating any other active server processes`, `all server processes terminated;
        reinitializing` or `shutting down because restart_after_crash is off`.
        """,
      next: """
        The line `Failed process was running` names the statement. Signal 9 points at memory, 11 and 6 at a bug.
        """,
      see: ["investigate_crash", "backend_crash"]
    ),
    CodeMeaning(
      FindingCode.diskFull,
      "No space left",
      means: """
        Writes to a file failed; on the WAL disk this stops the server.
        """,
      why: """
        Unread replication slots, failing archiving, logs, temporary files, data growth.
        """,
      signs: """
        `could not write to file ... No space left on device`, `could not extend file`.
        """,
      next: """
        Free space outside pg_wal, then look at pg_replication_slots and pg_stat_archiver.
        """,
      see: ["free_disk_space", "fix_archiving"]
    ),
    CodeMeaning(
      FindingCode.connectionsExhausted,
      "No connection slots left",
      means: """
        New clients are refused although the server is healthy; Patroni itself may be shut out too.
        """,
      why: """
        More clients than max_connections, idle sessions that are never closed, a storm of reconnections.
        """,
      signs: """
        `sorry, too many clients already`, `remaining connection slots are reserved for roles with the SUPERUSER
        attribute`.
        """,
      next: """
        End idle sessions, put a pooler in front, and make sure that the pools add up to less than the limit.
        """,
      see: ["add_connection_headroom"]
    ),
    CodeMeaning(
      FindingCode.dnsFailure,
      "Host names did not resolve",
      means: """
        A component could not turn a name into an address, or waited long for the answer.
        """,
      why: """
        Container runtimes drop the name of a stopped container; a DNS server was slow or away.
        """,
      signs: """
        `could not translate host name "pg1" to address`, `DNS lookup failed`.
        """,
      next: """
        If it is the name of the dead node, it is an effect. If others fail too, repair DNS or use addresses.
        """,
      see: ["fix_dns", "promotion_stalled"]
    ),
  ]
}
