import Contract
import Testing

@testable import Correlation

@Suite("Two primaries at once")
struct DualPrimaryTests {
  private func incident(_ text: String) throws -> Incident {
    try #require(Transcript(text).log.incidents.first)
  }

  @Test("are proven by a line of the old one after the new one was writable")
  func proven() throws {
    let incident = try incident(Stories.frozenAgent())
    #expect(incident.impact.dualPrimary == .proven)
    #expect(incident.kind == .splitBrain)
    let phase = try #require(incident.phases.first { $0.name == .dualPrimary })
    #expect(phase.from == Transcript.instant("10:00:39.000"))
    #expect(phase.to == Transcript.instant("10:00:45.100"))
    #expect(incident.findings.contains { $0.code == .dualPrimary })
  }

  @Test("are only possible where the clocks do not tell the order")
  func possible() throws {
    let text = Stories.frozenAgent(doubt: "20").split(separator: "\n").filter { !$0.contains("pg1 leader.demoting") }
      .joined(separator: "\n").replacing("10:00:45.1", with: "10:00:45.1").replacing(
        "10:00:45.100 pg1",
        with: "10:00:45.100~20 pg1"
      )
    let incident = try incident(text)
    #expect(incident.impact.dualPrimary == .possible)
    #expect(incident.kind == .failover)
  }

  @Test("are excluded where both logs show the end of one before the beginning of the other")
  func excluded() throws {
    #expect(try incident(Stories.switchover).impact.dualPrimary == .excluded)
    let stopped = Stories.switchover.split(separator: "\n").filter { !$0.contains("operator.") }.joined(separator: "\n")
    #expect(try incident(stopped).impact.dualPrimary == .excluded)
  }

  @Test("are not excluded without the old primary's log")
  func oneLog() throws {
    let text = Stories.switchover.split(separator: "\n").filter { !$0.contains(" pg1 server.") }.joined(separator: "\n")
    #expect(try incident(text).impact.dualPrimary == .unknown)
  }

  @Test("are not excluded by a log that falls silent and begins again after the new primary")
  func silence() throws {
    let text =
      Transcript.healthy("10:00", from: 0, to: 20, leader: "pg1", replicas: ["pg2"]) + """
        10:00:10.600 pg1 server.checkpoint
        10:00:10.700 pg2 server.checkpoint
        10:00:21.900 pg2 replication.broken reason=closed
        10:00:38.600 pg2 candidate.peer_unreachable member=pg1 reason=timeout
        10:00:38.700 pg2 leader.acquired role=leader reason=lock
        10:00:39.000 pg2 server.ready
        10:00:40.500 monitor client.write_succeeded row_id=60
        10:00:55.000 pg1 server.starting
        10:00:55.100 pg1 server.was_interrupted

        """
    #expect(try incident(text).impact.dualPrimary == .unknown)
  }
}
