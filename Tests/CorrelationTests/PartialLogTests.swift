import Contract
import Model
import Testing

@testable import Correlation

/// Logs of which a part is missing: claims go as far as the lines do, and the report says what is not there.
@Suite("Partial logs")
struct PartialLogTests {
  private let before = Transcript.healthy("10:00", from: 0, to: 20, leader: "pg1", replicas: ["pg2"])
  private let promotion = """
    10:00:21.000 pg2 replication.broken reason=closed
    10:00:36.300 pg2 promotion.requested
    10:00:36.800 pg2 timeline.selected timeline=2
    10:00:37.000 pg2 server.ready

    """

  // MARK: - Coverage

  @Test("A member without a log is missing, with what its log would tell and how to fetch it")
  func missingMember() throws {
    let log = Transcript(
      """
      10:00:00.000 pg2 agent.heartbeat name=pg2 role=replica leader=pg1
      10:00:10.000 pg2 agent.heartbeat name=pg2 role=replica leader=pg1
      10:00:20.000 pg2 agent.heartbeat name=pg2 role=replica leader=pg1
      10:00:36.000 pg2 candidate.peer_unreachable member=pg1 reason=timeout
      10:00:36.200 pg2 leader.acquired role=leader reason=lock
      10:00:46.200 pg2 agent.heartbeat name=pg2 role=leader
      """
    ).log
    let missing = try #require(log.coverage.first { $0.member == "pg1" })
    #expect(missing.source == nil)
    let change = try #require(missing.wouldChange)
    #expect(change.contains("whether pg1 went on as primary after"))
    #expect(change.contains("whether acknowledged writes were lost"))
    #expect(change.contains("docker compose logs"))
    #expect(change.hasSuffix(" pg1"))
    #expect(log.findings.filter { $0.code == .missingSource }.map(\.member) == ["pg1"])
    let window = log.incidents.first?.impact.writeOutage
    #expect(window == nil, "no line shows when pg1 was lost")
  }

  @Test("Names that a shell would take apart never reach a command")
  func hostileNames() throws {
    let log = Transcript(
      """
      10:00:00.000 pg2 agent.heartbeat name=pg2 role=replica leader=$(reboot)
      10:00:10.000 pg2 agent.heartbeat name=pg2 role=replica leader=$(reboot)
      """
    ).log
    let commands = log.coverage.compactMap(\.wouldChange).map { $0.split(separator: ": ").last ?? "" }
    #expect(!commands.isEmpty)
    #expect(commands.allSatisfy { !$0.contains("$(") })
  }

  @Test("Members whose lines are in one stream without names are there, but cannot be told apart")
  func sharedStream() throws {
    let log = Transcript(
      (0..<6).map { step in
        """
        10:00:\(step)0.000 all agent.heartbeat name=pg1 role=leader
        10:00:\(step)0.100 all agent.heartbeat name=pg2 role=replica leader=pg1
        """
      }.joined(separator: "\n")
    ).log
    #expect(log.cluster.members.map(\.name) == ["pg1", "pg2"])
    #expect(log.findings.filter { $0.code == .missingSource }.isEmpty)
    #expect(log.coverage.allSatisfy { $0.source != nil })
    #expect(log.coverage.isEmpty || log.coverage.contains { $0.wouldChange?.contains("without names") == true })
  }

  // MARK: - Logs that begin or end inside an incident

  @Test("A log that begins with the promotion begins inside the incident")
  func beginsInside() {
    let log = Transcript(promotion + "10:00:47.000 pg2 server.ready\n").log
    #expect(log.findings.contains { $0.code == .truncatedLog && $0.summary.contains("begins inside") })
  }

  @Test("A log that ends before writes work again ends inside the incident")
  func endsInside() {
    let log = Transcript(before + "10:00:21.100 docker runtime.exited name=pg1 code=137\n").log
    let cut = log.findings.filter { $0.code == .truncatedLog }
    #expect(cut.map(\.severity) == [.info])
    #expect(cut.first?.summary.contains("ends inside") == true)
    #expect(cut.first?.evidence.isEmpty == false)
  }

  @Test("A part of a log neither begins nor ends where the log does, and members have spoken elsewhere")
  func partOfALog() {
    func codes(_ text: String, _ change: (inout CorrelationOptions) -> Void) -> Set<FindingCode> {
      var options = CorrelationOptions()
      change(&options)
      return Set(Transcript(text).log(options).findings.map(\.code))
    }
    let follows = CorrelationContext(clusterName: nil, settings: [], heardMembers: ["pg1"])
    let begun = promotion + "10:00:47.000 pg2 server.ready\n"
    let unfinished = before + "10:00:21.100 docker runtime.exited name=pg1 code=137\n"
    let named = "10:00:00.000 pg2 agent.heartbeat name=pg2 role=replica leader=pg1\n"
    #expect(codes(begun) { $0.goesOn = true }.contains(.truncatedLog))
    #expect(!codes(begun) { $0.earlier = follows }.contains(.truncatedLog))
    #expect(codes(unfinished) { $0.earlier = follows }.contains(.truncatedLog))
    #expect(!codes(unfinished) { $0.goesOn = true }.contains(.truncatedLog))
    #expect(codes(named) { _ in }.contains(.missingSource))
    #expect(!codes(named) { $0.earlier = follows }.contains(.missingSource))
    #expect(!codes(named) { $0.goesOn = true }.contains(.missingSource))
  }

  @Test("A steady log is not cut")
  func steady() {
    #expect(Transcript(before).log.findings.filter { $0.code == .truncatedLog }.isEmpty)
  }

  // MARK: - One component only

  @Test("A standby that is promoted tells a failover, but not from whom")
  func promotedStandbyAlone() throws {
    let log = Transcript("10:00:00.000 pg2 server.ready_read_only\n" + promotion).log
    let incident = try #require(log.incidents.first)
    #expect(incident.kind == .failover)
    #expect(incident.oldPrimary == nil)
    #expect(incident.newPrimary == "pg2")
    #expect(incident.timelineTo == 2)
    #expect(incident.rootCause.member == nil || incident.rootCause.member == "pg2")
    #expect(incident.phases.allSatisfy { $0.member == nil || $0.member == "pg2" })
    #expect(incident.findings.allSatisfy { $0.member == nil || $0.member == "pg2" })
    #expect(log.cluster.members.map(\.name) == ["pg2"])
    #expect(log.cluster.primaryAtStart == nil)
    #expect(log.cluster.primaryAtEnd == "pg2")
  }

  @Test("The server that went down as a primary is the old one")
  func bothServers() throws {
    let log = Transcript(
      """
      10:00:00.000 pg2 server.ready_read_only
      \(promotion)
      10:01:10.000 pg1 server.was_interrupted
      10:01:10.500 pg1 recovery.standby_entered
      10:01:11.000 pg1 timeline.diverged reason=forked_before timeline=2 old_timeline=1
      """
    ).log
    let incident = try #require(log.incidents.first)
    #expect(incident.kind == .failover)
    #expect(incident.oldPrimary == "pg1")
    #expect(incident.newPrimary == "pg2")
  }

  @Test("A pooler's log alone does not tell that the cluster is well")
  func poolerAlone() {
    let log = Transcript("10:00:00.000 pgbouncer pooler.started\n10:00:10.000 pgbouncer pooler.server_connected\n").log
    #expect(log.incidents.isEmpty)
    #expect(log.verdict.status == .unknown)
  }

  @Test("Clients alone do not tell that nobody took over")
  func clientAlone() throws {
    let writes = (0..<10).map { "10:00:0\($0).000 monitor client.write_succeeded row_id=\($0)" }
    let failures = (10..<40).map { "10:00:\($0).000 monitor client.write_failed error=refused" }
    let after = (40..<50).map { "10:00:\($0).000 monitor client.write_succeeded row_id=\($0)" }
    let log = Transcript((writes + failures + after).joined(separator: "\n")).log
    let incident = try #require(log.incidents.first)
    #expect(incident.oldPrimary == nil)
    #expect(!incident.title.contains("no failover"))
  }

  // MARK: - Nodes pasted one after the other

  @Test("Lines without a name belong to the node whose run they stand in")
  func pastedRuns() {
    let log = Transcript(
      """
      10:00:00.000 all agent.heartbeat name=pg1 role=leader
      10:00:10.000 all agent.heartbeat name=pg1 role=leader
      10:00:20.000 all server.shutdown_requested mode=fast
      10:00:00.100 all server.ready_read_only
      10:00:10.100 all agent.heartbeat name=pg2 role=replica leader=pg1
      10:00:21.000 all promotion.requested
      10:00:22.000 all agent.heartbeat name=pg2 role=leader
      """
    )
    let owners = log.observations.occurrences.of(.serverShutdownRequested, .serverReadyReadOnly, .promotionRequested)
    #expect(owners.map(\.member) == ["pg2", "pg1", "pg2"])
  }
}
