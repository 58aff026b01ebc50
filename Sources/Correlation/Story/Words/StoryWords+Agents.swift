import Model

extension StoryWords {
  /// What Patroni does beside its server.
  static let agentSentences: [EventKind: String] = [
    .agentStarted: "Patroni[ {version}] starts on {who}",
    .agentStopping: "Patroni stops on {who}",
    .agentStartFailed: "Patroni does not start on {who}[: {error}]",
    .agentSlow: "{who}'s Patroni took longer for a loop than loop_wait",
    .agentException: "{who}'s Patroni meets an error that it does not handle[: {error}]",
    .agentServerUnresponsive: "{who}'s PostgreSQL does not answer its Patroni[: {error}]",
    .agentServerDown: "{who}'s Patroni finds PostgreSQL not running",
    .agentRestart: "{who}'s Patroni restarts PostgreSQL[ ({state})]",
    .agentPauseChanged: "automatic failover is {state}",
  ]

  /// The leader lock, the candidates for it, promotion, and what people ask for.
  static let leadershipSentences: [EventKind: String] = [
    .leaderAcquired: "{who} takes the leader lock",
    .leaderRenewed: "{who} renews its lock while promoting",
    .leaderRenewFailed: "{who} cannot renew its leader lock",
    .leaderLost: "{who} finds that it no longer holds the leader lock",
    .leaderReleased: "{who} releases the leader lock",
    .leaderDemoting: "{who} begins to demote itself[: {because}]",
    .leaderDemoted: "{who} has demoted itself[: {because}]",
    .leaderKept: "{who} goes on as primary without a renewed lock[: {because}]",
    .candidateRefused: "{who} does not stand for leader[: {because}]",
    .candidatePeerRefused: "{who} finds {member} unfit to lead[: {because}]",
    .candidatePeerAnswered: "{member} answers {who}",
    .candidatePeerUnreachable: "{member|host} does not answer {who}[: {because}]",
    .promotionRequested: "{who} is told to promote",
    .promotionWaiting: "{who}'s Patroni waits for the end of the promotion",
    .promotionFailed: "{who}'s promotion is given up[: {because}]",
    .operatorRequested: "somebody asks for a {action}",
    .operatorProceeding: "{who} carries out the {action}",
    .operatorRefused: "the {action} is refused[: {because}]",
    .operatorCompleted: "{who} completes the planned change",
    .operatorCommand: "command: {text|action}",
    .operatorAnswered: "answer to the command: {action}[ {state}][: {error}]",
  ]
}
