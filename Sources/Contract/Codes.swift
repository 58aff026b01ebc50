/// What an incident is.
package enum IncidentKind: String, Codable, CaseIterable, Hashable, Sendable {
  /// Leadership moved to another member, unplanned.
  case failover
  /// Leadership moved because someone asked for it.
  case switchover
  /// The primary was lost or read-only and no other member took over.
  case primaryOutage = "primary_outage"
  /// The DCS was out of reach, and the primary demoted itself or ran in failsafe mode.
  case dcsOutage = "dcs_outage"
  /// Two members acted as primary at the same time.
  case splitBrain = "split_brain"
  /// A member that is not the primary fell out or does not start.
  case replicaOutage = "replica_outage"
  /// A cluster that has no primary yet could not be initialised, cloned or restored.
  case bootstrapFailure = "bootstrap_failure"
  /// A writable primary existed, but the proxy had no server for it or sent writes elsewhere.
  case routingOutage = "routing_outage"
  /// Primary and proxy worked, but the pooler was down or handed out no connections.
  case poolerOutage = "pooler_outage"
  /// A resource ran out with the primary alive.
  case saturation
}

/// The phases that an incident is measured in.
package enum PhaseName: String, Codable, CaseIterable, Hashable, Sendable {
  /// From the primary's loss until the leader lock is free.
  case detection
  /// From the free lock until a member acquires it.
  case election
  /// From the acquired lock until PostgreSQL has left recovery.
  case promotion
  /// Clients' writes could reach a server that is in recovery.
  case readOnlyWindow = "read_only_window"
  /// The proxy has no server for writes.
  case routingOutage = "routing_outage"
  /// From the acquired lock until the proxy marks the new primary UP.
  case routingSwitch = "routing_switch"
  /// From the proxy's UP until the pooler's first connection that reaches the new primary.
  case poolReconnect = "pool_reconnect"
  /// From a writable and routed primary until the first successful client write.
  case clientRecovery = "client_recovery"
  /// The DCS fails a member.
  case dcsOutage = "dcs_outage"
  /// Two members act as primary.
  case dualPrimary = "dual_primary"
  /// PostgreSQL goes on as primary while its Patroni is dead or frozen.
  case unmanagedPrimary = "unmanaged_primary"
  /// From the decision to demote until the server refuses writes or is down.
  case demotion
  /// From a component's last sign of life until the next.
  case stall
  /// The leader runs on without the DCS.
  case failsafe
  /// From the fork until the diverged member is rewound or reinitialised.
  case timelineSplit = "timeline_split"
  /// From the lost member's start until it streams from the new primary.
  case rejoin
  /// From the first lost member until every member streams again.
  case redundancyLost = "redundancy_lost"
}

/// What started an incident.
///
///  `failscope explain CODE` tells more.
package enum RootCauseCode: String, Codable, CaseIterable, Hashable, Sendable {
  case containerStopped = "container_stopped"
  case hostLost = "host_lost"
  case postmasterCrash = "postmaster_crash"
  case backendCrash = "backend_crash"
  case outOfMemory = "out_of_memory"
  case diskFull = "disk_full"
  case patroniStalled = "patroni_stalled"
  case patroniStopped = "patroni_stopped"
  case postgresStalled = "postgres_stalled"
  case dataDirectoryLost = "data_directory_lost"
  case dataCorruption = "data_corruption"
  case systemIDMismatch = "system_id_mismatch"
  case networkPartition = "network_partition"
  case networkDegraded = "network_degraded"
  case dcsQuorumLost = "dcs_quorum_lost"
  case dcsUnreachable = "dcs_unreachable"
  case dcsSlow = "dcs_slow"
  case operatorSwitchover = "operator_switchover"
  case operatorFailover = "operator_failover"
  case operatorRestart = "operator_restart"
  case healthCheckFailure = "health_check_failure"
  case proxyRestart = "proxy_restart"
  case proxyMisrouting = "proxy_misrouting"
  case poolerRestart = "pooler_restart"
  case connectionsExhausted = "connections_exhausted"
  case replicaLag = "replica_lag"
  case walRemoved = "wal_removed"
  case timelineDivergence = "timeline_divergence"
  case authenticationFailure = "authentication_failure"
  case configurationError = "configuration_error"
  case unknown
}

/// Conditions that the lines can show.
///
/// `failscope explain CODE` tells more.
package enum FindingCode: String, Codable, CaseIterable, Hashable, Sendable {
  case leaderLost = "leader_lost"
  case demotedWithoutDCS = "demoted_without_dcs"
  case failsafeActive = "failsafe_active"
  case dualPrimary = "dual_primary"
  case noPromotableMember = "no_promotable_member"
  case clusterPaused = "cluster_paused"
  case promotionStalled = "promotion_stalled"
  case promotionFailed = "promotion_failed"
  case timelineSwitch = "timeline_switch"
  case timelineSkipped = "timeline_skipped"
  case timelineSplit = "timeline_split"
  case memberStartFailed = "member_start_failed"
  case rewindRan = "rewind_ran"
  case rewindFailed = "rewind_failed"
  case rewindImpossible = "rewind_impossible"
  case reinitRan = "reinit_ran"
  case walRemoved = "wal_removed"
  case systemIDMismatch = "system_id_mismatch"
  case bootstrapFailed = "bootstrap_failed"
  case waitingForLeader = "waiting_for_leader"
  case replicaCreationFailed = "replica_creation_failed"
  case recoveryStuck = "recovery_stuck"
  case patroniStartFailed = "patroni_start_failed"
  case patroniKilled = "patroni_killed"
  case postgresStalled = "postgres_stalled"
  case watchdogUnavailable = "watchdog_unavailable"
  case dataDirectoryLost = "data_directory_lost"
  case walCorrupt = "wal_corrupt"
  case historyFileInvalid = "history_file_invalid"
  case controlFileRewritten = "control_file_rewritten"
  case standbyAhead = "standby_ahead"
  case dcsMemberLost = "dcs_member_lost"
  case dcsSingleMember = "dcs_single_member"
  case standbyLeader = "standby_leader"
  case uncleanStop = "unclean_stop"
  case replicaLagging = "replica_lagging"
  case replicationBroken = "replication_broken"
  case crashRestart = "crash_restart"
  case diskFull = "disk_full"
  case connectionsExhausted = "connections_exhausted"
  case readOnlyWrites = "read_only_writes"
  case slowProxyDetection = "slow_proxy_detection"
  case noServerAvailable = "no_server_available"
  case proxyFlapping = "proxy_flapping"
  case poolerStuck = "pooler_stuck"
  case dcsQuorumLost = "dcs_quorum_lost"
  case dcsUnreachable = "dcs_unreachable"
  case dcsSlow = "dcs_slow"
  case writesLost = "writes_lost"
  case writesAtRisk = "writes_at_risk"
  case sequenceGap = "sequence_gap"
  case rowCountChanged = "row_count_changed"
  case dnsFailure = "dns_failure"
  case clockSkew = "clock_skew"
  case missingSource = "missing_source"
  case truncatedLog = "truncated_log"
}

/// What can be done.
///
/// `failscope explain CODE` tells more.
package enum RemedyCode: String, Codable, CaseIterable, Hashable, Sendable {
  case restartMember = "restart_member"
  case restoreDCS = "restore_dcs"
  case enableFailsafe = "enable_failsafe"
  case fenceOldPrimary = "fence_old_primary"
  case salvageDivergedWrites = "salvage_diverged_writes"
  case enableWatchdog = "enable_watchdog"
  case promoteManually = "promote_manually"
  case resumeCluster = "resume_cluster"
  case setConnectTimeout = "set_connect_timeout"
  case collectMoreLogs = "collect_more_logs"
  case reinitMember = "reinit_member"
  case rewindMember = "rewind_member"
  case enableRewind = "enable_rewind"
  case useReplicationSlots = "use_replication_slots"
  case keepMoreWAL = "keep_more_wal"
  case memberSlotsTtl = "member_slots_ttl"
  case walKeepSize = "wal_keep_size"
  case removeDCSState = "remove_dcs_state"
  case fixConfiguration = "fix_configuration"
  case restoreFromBackup = "restore_from_backup"
  case checkCloneSource = "check_clone_source"
  case restartPatroni = "restart_patroni"
  case investigateStall = "investigate_stall"
  case restoreDCSMember = "restore_dcs_member"
  case resizeDCS = "resize_dcs"
  case investigateCrash = "investigate_crash"
  case freeDiskSpace = "free_disk_space"
  case addConnectionHeadroom = "add_connection_headroom"
  case checkWritableBeforeRouting = "check_writable_before_routing"
  case retryInApplication = "retry_in_application"
  case tuneHealthCheck = "tune_health_check"
  case tunePooler = "tune_pooler"
  case fixNetwork = "fix_network"
  case fixDCSLatency = "fix_dcs_latency"
  case enableSynchronousMode = "enable_synchronous_mode"
  case fixDNS = "fix_dns"
  case fixClock = "fix_clock"
  case rebuildDataDirectory = "rebuild_data_directory"
  case fixArchiving = "fix_archiving"
  case restartOnFailure = "restart_on_failure"
}
