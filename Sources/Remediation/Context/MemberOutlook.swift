package import Model

/// One member at the end of the log.
package struct MemberOutlook: Hashable, Sendable {
  package var name: String
  package var condition: MemberCondition
  package var runtime: Runtime
  package var startFailure: StartFailure
  /// Whether its Patroni was heard of at the end of the log.
  package var isAgentAlive: Bool
  /// Whether the upstream turns its replication login away.
  package var isLoginRefused: Bool
  /// Whether somebody has ordered a reinit after the last sign of trouble.
  package var isRepairOrdered: Bool
  /// The status that its container last ended with.
  package var exitCode: Int?
  /// Where its data lies, if a line tells.
  package var dataDirectory: String?
  /// Where its history was left by the leader's: timeline and position at which its own WAL goes on alone.
  package var fork: ForkPoint?

  package init(
    name: String,
    condition: MemberCondition,
    runtime: Runtime? = nil,
    startFailure: StartFailure = .none,
    isAgentAlive: Bool = true,
    isLoginRefused: Bool = false,
    isRepairOrdered: Bool = false,
    exitCode: Int? = nil,
    dataDirectory: String? = nil,
    fork: ForkPoint? = nil
  ) {
    self.name = name
    self.condition = condition
    self.runtime = runtime ?? .host(name)
    self.startFailure = startFailure
    self.isAgentAlive = isAgentAlive
    self.isLoginRefused = isLoginRefused
    self.isRepairOrdered = isRepairOrdered
    self.exitCode = exitCode
    self.dataDirectory = dataDirectory
    self.fork = fork
  }

  /// The data directory as a word of a command, `DATA_DIRECTORY` if no line tells.
  var dataDirectoryWord: String {
    ShellWord.word(dataDirectory, or: "DATA_DIRECTORY")
  }
}

/// The end of the history that two members share.
package struct ForkPoint: Hashable, Sendable {
  /// The timeline that forked.
  package var timeline: Int
  package var lsn: LSN

  package init(timeline: Int, lsn: LSN) {
    self.timeline = timeline
    self.lsn = lsn
  }
}
