import Foundation
import Model
import TestSupport
import Testing

@Suite("failscope events")
struct EventsTests {
  /// The kinds in the fourth column.
  private func kinds(_ outcome: BuiltProgram.Outcome) -> [String] {
    outcome.output.split(separator: "\n").map { line in
      String(line.split(separator: " ", maxSplits: 4)[3])
    }
  }

  @Test("one line an event, in time order")
  func order() throws {
    let outcome = try failscope("events \(failover)")
    let times = outcome.output.split(separator: "\n").map { $0.prefix(24) }
    #expect(times.count > 50)
    #expect(times == times.sorted())
    #expect(outcome.output.contains("leader.acquired"))
  }

  @Test("--kind takes a kind or a group, and several of them")
  func kind() throws {
    let one = try failscope("events \(failover) --kind leader.acquired")
    #expect(Set(kinds(one)) == ["leader.acquired"])
    let group = try failscope("events \(failover) --kind leader")
    #expect(kinds(group).contains("leader.acquired"))
    #expect(kinds(group).allSatisfy { $0.hasPrefix("leader.") })
    #expect(try failscope("events \(failover) --kind leader.*").output == group.output)
    let two = try failscope("events \(failover) --kind leader.acquired --kind promotion")
    #expect(Set(kinds(two).map { $0.prefix { $0 != "." } }) == ["leader", "promotion"])
  }

  @Test("--component and --member narrow the timeline")
  func selection() throws {
    let events = try objects("events \(failover) --format ndjson --component haproxy")
    #expect(!events.isEmpty)
    #expect(events.allSatisfy { $0["component"] as? String == "haproxy" })
    let all = try objects("events \(failover) --format ndjson")
    let member = try objects("events \(failover) --format ndjson --member pg2")
    #expect(member.count < all.count)
    #expect(member.contains { $0["member"] as? String == "pg2" })
    #expect(!member.contains { $0["component"] as? String == "monitor" })
  }

  @Test("--since and --until are honoured")
  func span() throws {
    let outcome = try failscope([
      "events", failover, "--since", "2025-08-10 21:57:40", "--until", "2025-08-10T21:57:50Z",
    ])
    let times = outcome.output.split(separator: "\n").map { String($0.prefix(24)) }
    #expect(!times.isEmpty)
    #expect(times.allSatisfy { $0 >= "2025-08-10T21:57:40.000Z" && $0 <= "2025-08-10T21:57:50.000Z" })
  }

  @Test("NDJSON has the same keys in every object, and words of the vocabulary")
  func objectsAreUniform() throws {
    let events = try objects("events \(failover) --format ndjson")
    let keys: Set = [
      "at", "uncertainty_s", "source", "line", "member", "component", "role", "kind", "message", "level", "pid",
      "fields", "text",
    ]
    for event in events {
      #expect(Set(event.keys) == keys)
      #expect((event["kind"] as? String).flatMap(EventKind.init) != nil)
      for field in (event["fields"] as? [String: Any] ?? [:]).keys { #expect(Field(rawValue: field) != nil) }
    }
    #expect(events.count == (try failscope("events \(failover)").output.split(separator: "\n").count))
  }

  private func objects(_ line: String) throws -> [[String: Any]] {
    try failscope(line).output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }
}
