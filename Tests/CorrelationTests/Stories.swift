/// Incidents as transcripts, each with the waits that its tests speak of.
enum Stories {
  private static let before = Transcript.healthy("10:00", from: 0, to: 20, leader: "pg1", replicas: ["pg2"])

  /// The leader's container is killed; the lock expires 20 s after its renewal; proxy and pooler follow.
  ///
  /// The pooler's attempts fail at once, 15 s apart. Promotion and routing overlap: the proxy is quicker.
  static let killedLeader =
    before + """
      10:00:20.700 docker runtime.exited name=pg1 code=137
      10:00:20.800 pgbouncer pooler.server_closed pointer=a reason=crashed age_s=900 database=app user=app
      10:00:21.000 pgbouncer pooler.server_connected pointer=b database=app user=app
      10:00:21.010 pgbouncer pooler.server_closed pointer=b reason=login_failed age_s=0 database=app user=app
      10:00:21.500 monitor client.write_failed error=closed
      10:00:21.900 pg2 replication.broken reason=closed
      10:00:34.000 haproxy proxy.server_down backend=primary server=pg1 status=Layer4_timeout duration_ms=3003 active=0 reason=check
      10:00:36.010 pgbouncer pooler.server_connected pointer=c database=app user=app
      10:00:36.020 pgbouncer pooler.server_closed pointer=c reason=login_failed age_s=0 database=app user=app
      10:00:38.600 pg2 candidate.peer_unreachable member=pg1 reason=refused
      10:00:38.700 pg2 leader.acquired role=leader reason=lock
      10:00:38.800 pg2 promotion.requested
      10:00:38.900 pg2 timeline.selected timeline=2
      10:00:42.500 haproxy proxy.server_up backend=primary server=pg2 reason=check
      10:00:43.000 pg2 server.ready
      10:00:51.020 pgbouncer pooler.server_connected pointer=d database=app user=app
      10:00:51.600 monitor client.write_succeeded row_id=60

      """ + Transcript.healthy("10:00", from: 52, to: 59, leader: "pg2", replicas: [])

  /// The leader stops in order at a request.
  static let switchover =
    before + """
      10:00:21.000 pg1 operator.requested action=switchover leader=pg1 candidate=pg2
      10:00:21.200 pg1 operator.proceeding action=switchover
      10:00:21.300 pg1 server.shutdown_requested mode=fast
      10:00:21.600 pg1 server.shut_down
      10:00:22.500 pg1 leader.released
      10:00:22.600 pg2 leader.acquired role=leader reason=lock
      10:00:23.000 pg2 server.ready
      10:00:25.000 haproxy proxy.server_up backend=primary server=pg2 reason=check
      10:00:25.500 monitor client.write_succeeded row_id=60
      10:00:26.000 pg1 server.starting
      10:00:26.300 pg1 server.ready_read_only
      10:00:26.500 pg1 replication.streaming timeline=2

      """ + Transcript.healthy("10:00", from: 27, to: 59, leader: "pg2", replicas: ["pg1"])

  /// The store is gone for 24 s; the leader demotes itself and takes the lock again.
  static let storeLost =
    before + """
      10:00:21.000 pg1 dcs.unreachable error=timeout
      10:00:21.100 pg2 dcs.unreachable error=timeout
      10:00:21.500 monitor client.write_succeeded row_id=21
      10:00:22.500 monitor client.write_succeeded row_id=22
      10:00:23.500 monitor client.write_succeeded row_id=23
      10:00:24.500 monitor client.write_succeeded row_id=24
      10:00:25.500 monitor client.write_succeeded row_id=25
      10:00:26.500 monitor client.write_succeeded row_id=26
      10:00:27.500 monitor client.write_succeeded row_id=27
      10:00:28.000 pg1 leader.demoting reason=dcs
      10:00:28.100 pg1 server.shutdown_requested mode=fast
      10:00:28.300 pg1 server.shut_down
      10:00:28.500 monitor client.write_failed error=refused
      10:00:30.000 pg1 server.ready_read_only
      10:00:30.100 pg1 leader.demoted reason=dcs
      10:00:44.000 pg1 dcs.reconnected
      10:00:45.000 pg1 leader.acquired role=leader reason=lock
      10:00:45.500 pg1 server.ready
      10:00:46.500 monitor client.write_succeeded row_id=70

      """ + Transcript.healthy("10:00", from: 47, to: 59, leader: "pg1", replicas: ["pg2"])

  /// The postmaster is killed; the agent notices at its next loop and starts it again.
  static let restartInPlace =
    before + """
      10:00:21.000 pg1 server.ended_session reason=postmaster_exit
      10:00:21.400 monitor client.write_failed error=closed
      10:00:21.500 pgbouncer pooler.server_connected pointer=a
      10:00:21.510 pgbouncer pooler.server_closed pointer=a reason=crashed age_s=0
      10:00:23.500 pg1 agent.server_down
      10:00:23.600 pg1 server.start_requested role=leader reason=crash
      10:00:23.800 pg1 server.starting
      10:00:25.000 pg1 server.ready
      10:00:31.520 pgbouncer pooler.server_connected pointer=b
      10:00:31.900 monitor client.write_succeeded row_id=60

      """ + Transcript.healthy("10:00", from: 32, to: 59, leader: "pg1", replicas: ["pg2"])

  /// The leader's agent is frozen: its server goes on beside the new primary until the agent thaws.
  static func frozenAgent(doubt: String = "0") -> String {
    before + """
      10:00:38.600 pg2 candidate.peer_unreachable member=pg1 reason=timeout
      10:00:38.700 pg2 leader.acquired role=leader reason=lock
      10:00:38.900 pg2 timeline.selected timeline=2
      10:00:39.000~\(doubt) pg2 server.ready
      10:00:41.000~\(doubt) pg1 server.checkpoint
      10:00:45.000 pg1 leader.demoting reason=no_lock
      10:00:45.100 pg1 server.shutdown_requested mode=immediate
      10:00:45.300 pg1 server.shut_down

      """ + Transcript.healthy("10:00", from: 46, to: 59, leader: "pg2", replicas: [])
  }
}
