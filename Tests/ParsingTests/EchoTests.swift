import Model
import Testing

@testable import Parsing

/// An event that a log tells twice counts once.
struct EchoTests {
  private static func event(
    _ line: Int,
    _ text: String,
    stamp: Int64?,
    message: String = "patroni.owner",
    resolution: UInt16 = 1
  ) -> Event {
    Event(
      kind: .agentLockOwner,
      source: SourceID(0),
      line: line,
      arrival: line,
      stamp: stamp.map { Stamp(milliseconds: $0, resolution: resolution) },
      component: Component(name: "patroni", role: .agent),
      message: message,
      fields: Fields([.leader: "pg1", .name: "pg1"]),
      text: text
    )
  }

  private static func heard(_ events: [Event]) -> [Int] {
    var classified = Classified()
    classified.events = events
    return classified.withoutEchoes.events.map(\.line)
  }

  private static let undated = "INFO:patroni.ha:Lock owner: pg1; I am pg1"
  private static let dated = "2025-08-10 21:57:43,740 INFO: Lock owner: pg1; I am pg1"

  @Test func theDatedFormIsKept() {
    #expect(Self.heard([Self.event(1, Self.undated, stamp: nil), Self.event(2, Self.dated, stamp: 7)]) == [2])
    #expect(Self.heard([Self.event(1, Self.dated, stamp: 7), Self.event(2, Self.undated, stamp: nil)]) == [1])
  }

  @Test func anUndatedFormAloneIsKept() {
    #expect(Self.heard([Self.event(1, Self.undated, stamp: nil), Self.event(2, Self.undated, stamp: nil)]) == [1, 2])
  }

  @Test func aLineThatCameTwiceIsOneEvent() {
    #expect(Self.heard([Self.event(1, Self.dated, stamp: 7), Self.event(2, Self.dated, stamp: 7)]) == [1])
    #expect(Self.heard([Self.event(1, Self.dated, stamp: 7), Self.event(2, Self.dated, stamp: 8)]) == [1, 2])
  }

  @Test func wholeSecondsDoNotTellACopy() {
    let events = [1, 2].map { Self.event($0, Self.dated, stamp: 1000, resolution: 1000) }
    #expect(Self.heard(events) == [1, 2])
  }
}
