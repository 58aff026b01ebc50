import Model

extension StoryWords {
  /// Streams between members.
  static let replicationSentences: [EventKind: String] = [
    .replicationStreaming: "{who} streams[ on timeline {timeline}]",
    .replicationBroken: "{who}'s replication stream breaks",
    .replicationConnectFailed: "{who} cannot connect to its upstream[ {host}][: {because}]",
    .replicationTerminated: "{who}'s upstream ends the stream",
    .replicationReceiverStopped: "{who}'s WAL receiver ends",
    .replicationSenderStopped: "{who} ends a stream to a standby[: {because}]",
    .replicationWALMissing: "WAL that replication needs is gone, says {who}",
    .replicationAhead: "replication asks for WAL beyond what the upstream has, says {who}",
    .replicationLagging: "{member|who} is behind[ by {lag}]",
    .replicationSlotLost: "{who} gives up the WAL of a replication slot[, {slot}]",
    .replicationSyncChanged: "the synchronous standbys change[ to {members}]",
    .replicationSyncMissing: "there is no synchronous standby",
    .replicationConflict: "replay on {who} conflicts with queries",
  ]

  /// Rewind, copies of data, the first start of a cluster.
  static let memberSentences: [EventKind: String] = [
    .rewindStarted: "pg_rewind starts on {who}",
    .rewindDiverged: "pg_rewind finds where {who} diverged[: {lsn}][ on timeline {timeline}]",
    .rewindSucceeded: "pg_rewind is done on {who}",
    .rewindNotRequired: "{who} needs no rewind",
    .rewindFailed: "pg_rewind failed on {who}[: {error}]",
    .rewindImpossible: "pg_rewind cannot be used on {who}[: {because}]",
    .cloneDataRemoved: "{who}'s data directory is removed",
    .cloneStarted: "{who} begins to copy a member's data",
    .cloneSucceeded: "{who}'s copy is complete",
    .cloneFailed: "{who}'s copy of the data breaks off[: {error}]",
    .bootstrapStarted: "{who} initialises a new cluster",
    .bootstrapSucceeded: "{who} has initialised the cluster",
    .bootstrapFailed: "the cluster could not be initialised on {who}[: {error}]",
    .bootstrapWaiting: "{who} waits for a leader",
  ]

  /// What went wrong on a member.
  static let faultSentences: [EventKind: String] = [
    .faultDiskFull: "no space left on {who}[: {path}]",
    .faultConnectionsExhausted: "no connection slot left on {who}",
    .faultOutOfMemory: "{who} has no memory left",
    .faultFileDescriptors: "{who} has no file descriptor or process left",
    .faultSystemIDMismatch: "{who}'s data belongs to another cluster than the DCS record",
    .faultDataLost: "{who}'s data directory is missing or cannot be read",
    .faultDataCorrupt: "{who} finds its data damaged[: {error}]",
    .faultNameUnresolved: "{who} cannot resolve a host name[: {host}]",
    .faultAuthentication: "a login[ of {user}] is refused on {who}[: {because}]",
    .faultWatchdog: "{who}'s watchdog does not work[: {error}]",
    .faultArchiving: "{who} cannot archive WAL",
    .faultConfiguration: "{who} has a wrong setting[: {error}]",
    .faultOther: "{who} reports[: {error}]",
  ]
}
