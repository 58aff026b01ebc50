import Model

extension StoryWords {
  /// The DCS, as Patroni and as its own members see it.
  static let storeSentences: [EventKind: String] = [
    .dcsUnreachable: "{who} cannot reach the DCS",
    .dcsLeaseLost: "{who}'s session with the DCS is gone",
    .dcsFailsafe: "{who} goes on in failsafe mode",
    .dcsStarting: "a DCS member[, {name},] starts",
    .dcsReady: "a DCS member serves clients",
    .dcsStopping: "a DCS member stops",
    .dcsElectionStarted: "a DCS member stands for election[ in term {term}]",
    .dcsLeaderElected: "the DCS has a leader[ in term {term}]",
    .dcsLeaderLost: "a DCS member knows no leader",
    .dcsQuorumLost: "the DCS has lost its quorum",
    .dcsPeerLost: "a DCS member cannot reach another one[: {error}]",
    .dcsSlow: "the DCS answers late[: {because}]",
    .dcsTimedOut: "the DCS fails a request[: {because}]",
    .dcsSpaceExceeded: "the DCS has no space left",
    .dcsCorrupt: "the DCS finds its data damaged[: {error}]",
    .dcsClockDrift: "DCS members disagree about the time",
    .dcsMemberChanged: "a DCS member joins or leaves[ ({action})]",
  ]
}
