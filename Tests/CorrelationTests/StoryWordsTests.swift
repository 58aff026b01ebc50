import Contract
import Model
import Testing

@testable import Correlation

@Suite("Words of the story")
struct StoryWordsTests {
  /// Routine and chatter, left out of every story on purpose.
  private static let untold: Set<EventKind> = [
    .agentHeartbeat, .agentLockOwner, .agentTaskRunning, .clientConnectFailed, .clientConnected, .clientReadSucceeded,
    .clientWriteSucceeded, .clusterListed, .dcsPeerRestored, .dcsReconnected, .poolerResumed, .proxyCheckSucceeded,
    .proxyConnected, .proxySessionEnded, .recoveryEndOfWAL, .recoveryProgress, .replicationSlotChanged,
    .runtimeAttached, .serverCheckpoint, .serverLaunched, .serverParameterChanged, .serverProbed, .timelineFetching,
    .timelineHistory,
  ]

  @Test("Every kind of event has words or is left out on purpose", arguments: EventKind.allCases)
  func everyKindHasWords(kind: EventKind) {
    #expect((StoryWords.templates[kind] == nil) == Self.untold.contains(kind))
  }

  @Test("Gaps name fields that exist", arguments: EventKind.allCases)
  func gapsNameFields(kind: EventKind) {
    #expect(StoryWords.templates[kind]?.unknownNames ?? [] == [])
  }

  @Test(
    "Parts in brackets are left out where a line does not tell",
    arguments: [
      ("10:00:00 pg1 runtime.exited name=db-1 code=137", "db-1's container or unit ends with exit code 137"),
      ("10:00:00 pg1 runtime.exited name=db-1", "db-1's container or unit ends"),
      ("10:00:00 pg1 leader.demoting reason=dcs", "pg1 begins to demote itself: the DCS is out of reach"),
    ]
  )
  func optionalParts(line: String, sentence: String) throws {
    let occurrence = try #require(Transcript(line).observations.occurrences.all.first)
    #expect(StoryWords.sentence(for: occurrence) == sentence)
  }

  @Test("A long story is thinned of details, not of its end")
  func longStory() throws {
    let noise = (0..<400).map { "10:\(10 + $0 / 60):\(String(format: $0 % 60)) etcd\($0 % 200) dcs.slow reason=apply" }
    let log = Transcript(
      (["10:09:00 pg1 agent.heartbeat role=leader", "10:09:30 pg1 runtime.exited name=pg1 code=137"] + noise
        + ["10:20:00 pg2 leader.acquired", "10:20:01 pg2 server.ready"]).joined(separator: "\n")
    ).log
    let incident = try #require(log.incidents.first)
    let kinds = incident.timeline.map(\.kind)
    #expect(kinds.contains("leader.acquired"))
    #expect(kinds.contains("server.ready"))
  }
}

extension String {
  /// A number with two digits.
  fileprivate init(format number: Int) {
    self = number < 10 ? "0\(number)" : "\(number)"
  }
}
