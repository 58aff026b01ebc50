import Contract
import Model
import Testing

@testable import Correlation

@Suite("Incident kinds")
struct IncidentKindTests {
  private let before = Transcript.healthy("10:00", from: 0, to: 20, leader: "pg1", replicas: ["pg2"])

  @Test("A killed leader whose lock another member takes is a failover")
  func failover() throws {
    let log = Transcript(
      before + """
        10:00:21.000 pg2 replication.broken reason=closed
        10:00:21.100 docker runtime.exited name=pg1 code=137
        10:00:36.000 pg2 candidate.peer_unreachable member=pg1 reason=timeout
        10:00:36.200 pg2 leader.acquired role=leader reason=lock
        10:00:36.300 pg2 promotion.requested
        10:00:36.800 pg2 timeline.selected timeline=2
        10:00:37.000 pg2 server.ready
        10:00:39.500 monitor client.write_succeeded row_id=60

        """ + Transcript.healthy("10:00", from: 40, to: 59, leader: "pg2", replicas: [])
    ).log
    let incident = try #require(log.incidents.first)
    #expect(log.incidents.count == 1)
    #expect(incident.kind == .failover)
    #expect(incident.status == .degraded)
    #expect(incident.oldPrimary == "pg1")
    #expect(incident.newPrimary == "pg2")
    #expect(incident.timelineTo == 2)
    #expect(incident.rootCause.code == .containerStopped)
    #expect(incident.findings.map(\.code).contains(.leaderLost))
    #expect(incident.impact.writeOutage?.from == Transcript.instant("10:00:20.500"))
    #expect(incident.impact.writeOutage?.to == Transcript.instant("10:00:39.500"))
    #expect(log.verdict.status == .degraded)
  }

  @Test("The critical path partitions the outage to the millisecond")
  func downtimeAddsUp() throws {
    let log = Transcript(
      before + """
        10:00:21.000 pg2 replication.broken reason=closed
        10:00:36.000 pg2 candidate.peer_unreachable member=pg1 reason=timeout
        10:00:36.200 pg2 leader.acquired role=leader reason=lock
        10:00:37.000 pg2 server.ready
        10:00:38.000 haproxy proxy.server_up backend=primary server=pg2
        10:00:39.500 monitor client.write_succeeded row_id=60
        """
    ).log
    let incident = try #require(log.incidents.first)
    let outage = try #require(incident.impact.writeOutage)
    let total = incident.downtime.compactMap(\.duration).reduce(0, +)
    #expect(abs(total - (outage.duration ?? 0)) < 0.0005)
    #expect(incident.downtime.first?.from == outage.from)
    #expect(incident.downtime.last?.to == outage.to)
    #expect(zip(incident.downtime, incident.downtime.dropFirst()).allSatisfy { $0.to == $1.from })
  }

  @Test("A requested change is a switchover, whatever stops on the way")
  func switchover() throws {
    let log = Transcript(
      before + """
        10:00:21.000 pg1 operator.requested action=switchover leader=pg1 candidate=pg2
        10:00:21.200 pg1 operator.proceeding action=switchover
        10:00:21.300 pg1 server.shutdown_requested mode=fast
        10:00:21.600 pg1 server.shut_down
        10:00:21.620 pg2 replication.terminated
        10:00:22.500 pg1 leader.released
        10:00:22.600 pg2 leader.acquired role=leader reason=lock
        10:00:23.000 pg2 server.ready
        10:00:24.000 monitor client.write_succeeded row_id=60
        10:00:25.000 pg1 server.starting
        10:00:25.500 pg1 server.ready_read_only
        10:00:26.000 pg1 replication.streaming timeline=2

        """ + Transcript.healthy("10:00", from: 27, to: 59, leader: "pg2", replicas: ["pg1"])
    ).log
    let incident = try #require(log.incidents.first)
    #expect(log.incidents.count == 1)
    #expect(incident.kind == .switchover)
    #expect(incident.status == .resolved)
    #expect(incident.rootCause.code == .operatorSwitchover)
    #expect(incident.impact.lostWrites.verdict == .none)
  }

  @Test("A crash of one backend that the same primary recovers from is no failover")
  func crashRestart() throws {
    let log = Transcript(
      before + """
        10:00:21.000 pg1 server.backend_crashed process=server_process signal=9 pid=5
        10:00:21.010 pg1 server.resetting_sessions
        10:00:21.200 monitor client.write_failed error=server_closed_the_connection
        10:00:21.500 pg1 server.reinitializing
        10:00:22.000 pg1 server.ready

        """ + Transcript.healthy("10:00", from: 23, to: 59, leader: "pg1", replicas: ["pg2"])
    ).log
    let incident = try #require(log.incidents.first)
    #expect(incident.kind == .primaryOutage)
    #expect(incident.rootCause.code == .backendCrash)
    #expect(incident.newPrimary == "pg1")
    #expect(incident.findings.map(\.code).contains(.crashRestart))
    #expect(!incident.findings.map(\.code).contains(.leaderLost))
    #expect(log.verdict.status == .recovered)
  }

  @Test("A quiet log has no incident")
  func quiet() {
    let log = Transcript(Transcript.healthy("10:00", from: 0, to: 59, leader: "pg1", replicas: ["pg2"])).log
    #expect(log.incidents.isEmpty)
    #expect(log.verdict.status == .healthy)
  }

  @Test("A leader that demotes itself for want of the DCS and comes back is a DCS outage")
  func storeOutage() throws {
    let log = Transcript(
      before + """
        10:00:21.000 pg1 dcs.unreachable error=timeout
        10:00:21.100 pg2 dcs.unreachable error=timeout
        10:00:31.000 pg1 leader.demoting reason=dcs
        10:00:31.100 pg1 server.shutdown_requested mode=fast
        10:00:31.300 pg1 server.shut_down
        10:00:31.500 monitor client.write_failed error=refused
        10:00:33.000 pg1 server.ready_read_only
        10:00:33.100 pg1 leader.demoted reason=dcs
        10:00:45.000 pg1 leader.acquired role=leader reason=lock
        10:00:45.500 pg1 server.ready
        10:00:46.000 monitor client.write_succeeded row_id=70

        """ + Transcript.healthy("10:00", from: 47, to: 59, leader: "pg1", replicas: ["pg2"])
    ).log
    let incident = try #require(log.incidents.first)
    #expect(log.incidents.count == 1)
    #expect(incident.kind == .dcsOutage)
    #expect(incident.findings.map(\.code).contains(.demotedWithoutDCS))
    #expect(incident.rootCause.code == .dcsQuorumLost)
  }

  @Test("A proxy without a server in front of a healthy primary is a routing outage")
  func routing() throws {
    let log = Transcript(
      before + """
        10:00:21.000 haproxy proxy.server_down backend=primary server=pg1 status=Layer4_timeout active=0
        10:00:21.000 haproxy proxy.no_server backend=primary
        10:00:21.500 monitor client.write_failed error=closed
        10:00:22.100 pg1 agent.heartbeat name=pg1 role=leader
        10:00:25.100 pg1 agent.heartbeat name=pg1 role=leader
        10:00:30.000 haproxy proxy.server_up backend=primary server=pg1
        10:00:31.000 monitor client.write_succeeded row_id=70

        """ + Transcript.healthy("10:00", from: 32, to: 59, leader: "pg1", replicas: ["pg2"])
    ).log
    let incident = try #require(log.incidents.first)
    #expect(incident.kind == .routingOutage)
    #expect(incident.rootCause.code == .healthCheckFailure)
    #expect(incident.newPrimary == "pg1")
  }

  @Test("Where no line shows a proxy without a server, it is clients who had no way")
  func clientsWithoutAWay() throws {
    let log = Transcript(
      before + """
        10:00:21.500 monitor client.write_failed error=timeout
        10:00:22.100 pg1 agent.heartbeat name=pg1 role=leader
        10:00:24.500 monitor client.write_failed error=timeout
        10:00:25.100 pg1 agent.heartbeat name=pg1 role=leader
        10:00:28.600 pgbouncer pooler.server_connected
        10:00:28.100 pg1 agent.heartbeat name=pg1 role=leader
        10:00:29.000 monitor client.write_succeeded row_id=70

        """ + Transcript.healthy("10:00", from: 30, to: 59, leader: "pg1", replicas: ["pg2"])
    ).log
    let incident = try #require(log.incidents.first)
    #expect(incident.kind == .routingOutage)
    #expect(incident.rootCause.code == .unknown)
    #expect(incident.title.hasPrefix("Clients had no way to the primary"))
  }

  @Test("What alone fails before the first row of all is written makes no incident", arguments: [1, 70])
  func firstUse(row: Int) {
    let log = Transcript(
      """
      10:00:01.000 monitor client.read_failed error=timeout
      10:00:02.100 pg1 agent.heartbeat name=pg1 role=leader
      10:00:04.000 monitor client.write_failed error=timeout
      10:00:05.100 pg1 agent.heartbeat name=pg1 role=leader
      10:00:07.000 pgbouncer pooler.server_connected
      10:00:07.010 monitor client.read_failed error=missing
      10:00:07.020 monitor client.write_succeeded row_id=\(row)

      """ + Transcript.healthy("10:00", from: 8, to: 59, leader: "pg1", replicas: ["pg2"])
    ).log
    #expect(log.incidents.isEmpty == (row == 1))
  }

  @Test("In a failover, what fails before the first row of all is written counts")
  func firstUseAfterFailover() throws {
    let log = Transcript(
      Transcript.healthy("10:00", from: 0, to: 20, leader: "pg1", replicas: ["pg2"], client: false) + """
        10:00:21.000 pg2 replication.broken reason=closed
        10:00:21.100 docker runtime.exited name=pg1 code=137
        10:00:22.000 monitor client.write_failed error=closed
        10:00:36.200 pg2 leader.acquired role=leader reason=lock
        10:00:36.800 pg2 timeline.selected timeline=2
        10:00:37.000 pg2 server.ready
        10:00:38.000 monitor client.write_failed error=timeout
        10:00:39.500 monitor client.write_succeeded row_id=1

        """ + Transcript.healthy("10:00", from: 40, to: 59, leader: "pg2", replicas: [])
    ).log
    let incident = try #require(log.incidents.first)
    #expect(incident.kind == .failover)
    #expect(incident.impact.writeOutage?.to == Transcript.instant("10:00:39.500"))
    #expect(incident.impact.failedWrites == 2)
  }

  @Test("Two independent faults after each other are two incidents")
  func twoIncidents() {
    let log = Transcript(
      before + """
        10:00:21.000 pg1 server.backend_crashed process=x signal=9 pid=5
        10:00:21.010 pg1 server.resetting_sessions
        10:00:21.200 monitor client.write_failed error=closed
        10:00:22.000 pg1 server.ready

        """ + Transcript.healthy("10:00", from: 23, to: 40, leader: "pg1", replicas: ["pg2"]) + """
          10:00:41.000 pgbouncer pooler.stopping reason=signal
          10:00:41.200 monitor client.write_failed error=closed
          10:00:45.000 pgbouncer pooler.starting version=1.18
          10:00:46.000 monitor client.write_succeeded row_id=70

          """ + Transcript.healthy("10:00", from: 47, to: 59, leader: "pg1", replicas: ["pg2"])
    ).log
    #expect(log.incidents.map(\.kind) == [.primaryOutage, .poolerOutage])
  }
}
