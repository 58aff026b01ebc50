import Model
import Testing

@testable import Correlation

@Suite("Questions to the occurrences of a log")
struct OccurrenceQueryTests {
  @Test("the number of a kind is its place in the vocabulary")
  func numbersOfKinds() {
    #expect(EventKind.allCases.map(\.number) == Array(0..<EventKind.count))
    #expect(Set(EventKind.allCases).count == EventKind.count)
  }

  /// Lines of three members, a client and a proxy, many of them at the same instant.
  private static let log = Transcript(
    (0..<120).map { line -> String in
      let time = "10:0\(line / 60):\(line / 2 % 30 + 10)"
      return switch line % 6 {
      case 0: "\(time) pg1 agent.heartbeat name=pg1 role=leader leader=pg1"
      case 1: "\(time) pg2 agent.heartbeat name=pg2 role=replica leader=pg1"
      case 2: "\(time) app client.write_succeeded row_id=\(line)"
      case 3: "\(time) pg2 replication.connect_failed host=pg1"
      case 4: "\(time) haproxy proxy.server_down backend=pg server=pg3"
      default: "\(time) pg3 server.ready"
      }
    }.joined(separator: "\n")
  ).observations

  private static let questions: [[EventKind]] = [
    [.agentHeartbeat], [.serverReady, .agentHeartbeat, .replicationConnectFailed], [.clientWriteSucceeded],
    [.proxyServerDown, .serverReady], [.dcsUnreachable], [],
  ]
  private static let members: [String?] = [nil, "pg1", "pg2", "pg3", "nobody"]

  @Test("every question finds what a look at all lines finds", arguments: questions)
  func answers(kinds: [EventKind]) throws {
    let occurrences = Self.log.occurrences
    let all = occurrences.all
    #expect(all.map(\.index) == Array(0..<120))
    for member in Self.members {
      for (from, to) in [(0, 119), (30, 60), (40, 40), (119, 0)] {
        let window = Window(from: all[from].at, to: all[to].at)
        let found = all.filter {
          kinds.contains($0.kind) && (member == nil || $0.member == member) && window.contains($0.at)
        }
        #expect(occurrences.of(kinds, member: member, in: window) == found)
      }
      let ever = all.filter { kinds.contains($0.kind) && (member == nil || $0.member == member) }
      #expect(Array(occurrences.list(of: kinds, member: member)) == ever)
      if let kind = kinds.first {
        let ever = ever.filter { $0.kind == kind }
        #expect(occurrences.first(kind, member: member) == ever.first)
        #expect(occurrences.last(kind, member: member) == ever.last)
        #expect(occurrences.contains(kind, member: member) == !ever.isEmpty)
      }
      if let member {
        #expect(Array(occurrences.list(ofMember: member)) == all.filter { $0.member == member })
      }
    }
  }

  @Test("a list is cut like the lines that it stands for")
  func cuts() throws {
    let occurrences = Self.log.occurrences
    let list = occurrences.list(of: .agentHeartbeat, .clientWriteSucceeded)
    let lines = Array(list)
    #expect(lines.count == 60)
    let middle = lines[31]
    #expect(Array(list.upTo(middle.at)) == lines.filter { $0.at <= middle.at })
    #expect(Array(list.after(middle.at)) == lines.filter { $0.at > middle.at })
    #expect(Array(list.before(index: middle.index)) == Array(lines[..<31]))
    #expect(Array(list.after(index: middle.index)) == Array(lines[32...]))
    #expect(Array(list.those { $0.member == "pg2" }) == lines.filter { $0.member == "pg2" })
  }

  @Test("the median is the middle of all values in order, however they come")
  func medians() {
    var generator = SystemRandomNumberGenerator()
    for count in [1, 2, 3, 16, 17, 40, 1_000, 4_001] {
      let random = (0..<count).map { _ in Double(Int.random(in: 0..<count, using: &generator)) }
      let rising = (0..<count).map(Double.init)
      let peak = rising.map { min($0, Double(count) - $0) }
      let alike = [Double](repeating: 2, count: count)
      for values in [random, rising, rising.reversed(), peak, alike, alike.map { _ in Double.random(in: 0..<1) }] {
        #expect(values.median == values.sorted()[(count - 1) / 2])
      }
    }
    #expect([Double]().median == nil)
  }
}
