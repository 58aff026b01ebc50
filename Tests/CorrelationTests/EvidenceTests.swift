import Contract
import Model
import Testing

@testable import Correlation

@Suite("Evidence")
struct EvidenceTests {
  private let story =
    Transcript.healthy("10:00", from: 0, to: 20, leader: "pg1", replicas: ["pg2"]) + """
      10:00:21.000 pg2 replication.broken reason=closed
      10:00:21.100 docker runtime.exited name=pg1 code=137
      10:00:36.000 pg2 candidate.peer_unreachable member=pg1 reason=timeout
      10:00:36.200 pg2 leader.acquired role=leader reason=lock
      10:00:36.800 pg2 timeline.selected timeline=2
      10:00:37.000 pg2 server.ready
      10:00:39.500 monitor client.write_succeeded row_id=60
      """

  @Test("Every finding and the root cause cite lines that exist")
  func everyClaimIsCited() throws {
    let incident = try #require(Transcript(story).log.incidents.first)
    let lines = story.split(separator: "\n").map(String.init)
    for finding in incident.findings {
      #expect(!finding.evidence.isEmpty, "\(finding.code) cites nothing")
      for evidence in finding.evidence { #expect(lines[evidence.line - 1] == evidence.text) }
    }
    #expect(!incident.rootCause.evidence.isEmpty)
  }

  @Test("Without the cited line the cause is weaker", arguments: ["runtime.exited", "timeline.selected"])
  func deletingEvidenceWeakens(kind: String) throws {
    let whole = try #require(Transcript(story).log.incidents.first)
    let kept = story.split(separator: "\n").filter { !$0.contains(kind) }.joined(separator: "\n")
    let cut = try #require(Transcript(kept).log.incidents.first)
    if kind == "runtime.exited" {
      #expect(cut.rootCause.confidence < whole.rootCause.confidence)
    } else {
      #expect(whole.findings.contains { $0.code == .timelineSwitch })
      #expect(!cut.findings.contains { $0.code == .timelineSwitch })
    }
  }

  @Test("The same log gives the same id, another start another one")
  func stableIdentifiers() throws {
    let first = try #require(Transcript(story).log.incidents.first)
    let second = try #require(Transcript(story).log.incidents.first)
    let later = try #require(Transcript(story.replacing("10:00:", with: "11:00:")).log.incidents.first)
    #expect(first.id == second.id)
    #expect(first.id != later.id)
  }
}
