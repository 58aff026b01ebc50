import Foundation
import TestSupport
import Testing

/// One failover in the words of two Patroni generations.
private enum Generation: String, CaseIterable {
  case two
  case four

  /// The log of a leader that vanishes, of a replica that takes over, and of the proxy, with a client's lines.
  var log: String {
    let leader =
      self == .two ? "no action.  i am the leader with the lock" : "no action. I am (pg1), the leader with the lock"
    let replica =
      self == .two
      ? "no action.  i am a secondary and i am following a leader"
      : "no action. I am (pg2), a secondary, and following a leader (pg1)"
    let owner = { (me: String) in "Lock owner: pg1; I am \(me)" }
    var lines: [String] = []
    for second in stride(from: 0, through: 60, by: 10) {
      let time = "2026-03-05 10:\(second < 60 ? "00" : "01"):\(second < 60 ? String(format: "%02d", second) : "00")"
      lines.append("pg1  | \(time),100 INFO: \(owner("pg1"))")
      lines.append("pg1  | \(time),120 INFO: \(leader)")
      lines.append("pg2  | \(time),100 INFO: \(owner("pg2"))")
      lines.append("pg2  | \(time),130 INFO: \(replica)")
    }
    lines += [
      "pg1  | 2026-03-05 10:00:00.500 UTC [35] LOG:  checkpoint starting: time",
      "pg2  | 2026-03-05 10:01:00.900 UTC [52] FATAL:  could not receive data from WAL stream: server closed the connection unexpectedly",
      "pg1 exited with code 137",
      "pg2  | 2026-03-05 10:01:30,600 WARNING: Request failed to pg1: GET http://pg1:8008/patroni (timed out)",
      "pg2  | 2026-03-05 10:01:30,700 INFO: promoted self to leader by acquiring session lock",
      "pg2  | 2026-03-05 10:01:30.710 UTC [39] LOG:  received promote request",
      "pg2  | 2026-03-05 10:01:30.800 UTC [39] LOG:  selected new timeline ID: 2",
      "pg2  | 2026-03-05 10:01:31.000 UTC [35] LOG:  database system is ready to accept connections",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}

@Suite("What-if on the command line")
struct WhatIfTests {
  @Test("both generations of Patroni give the same answer", arguments: Generation.allCases)
  fileprivate func generations(_ generation: Generation) throws {
    let outcome = try failscope("analyze - --format json --what-if patroni.ttl=40", input: .text(generation.log))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let report = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let incident = try #require((report?["incidents"] as? [[String: Any]])?.first)
    #expect(incident["kind"] as? String == "failover")
    let outage = try #require((incident["impact"] as? [String: Any])?["write_outage"] as? [String: Any])
    let recorded = try #require(outage["duration_s"] as? Double)
    let whatIf = try #require(incident["what_if"] as? [String: Any])
    let duration = try #require(whatIf["duration_s"] as? Double)
    // The lock had expired after 30 s.
    #expect(abs(duration - recorded - 10) < 2, "\(recorded) → \(duration)")
  }

  @Test("the key is null where nobody asks")
  func unasked() throws {
    let output = try failscope("analyze --format json \(failover)").output
    #expect(output.contains("\"what_if\": null"))
  }

  @Test("every form tells it", arguments: ["terminal", "markdown", "json"])
  func forms(format: String) throws {
    let line =
      "analyze --format \(format) --what-if patroni.ttl=30,haproxy.inter=1s --what-if patroni.loop_wait=5 \(failover)"
    let outcome = try failscope(line)
    #expect(outcome.status == 0)
    #expect(!outcome.hasControls)
    #expect(outcome.output.contains(format == "json" ? "\"what_if\": {" : "What if patroni ttl 30 s"))
    #expect(outcome.output.contains("loop_wait + 2 × retry_timeout ≤ ttl"))
  }

  @Test("a later value of a setting stands")
  func repeated() throws {
    let both = try failscope("analyze --format json --what-if patroni.ttl=60 --what-if patroni.ttl=30 \(failover)")
      .output
    let one = try failscope("analyze --format json --what-if patroni.ttl=30 \(failover)").output
    #expect(both == one)
  }

  @Test("the rest of the report is the same as without it")
  func rest() throws {
    let without = try failscope("analyze --format markdown \(failover)").output
    let with = try failscope("analyze --format markdown --what-if patroni.ttl=30 \(failover)").output
    let kept = Set(with.split(separator: "\n"))
    #expect(without.split(separator: "\n").allSatisfy { kept.contains($0) })
  }
}
