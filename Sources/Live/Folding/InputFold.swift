import Ingestion
import Model
import Parsing

/// One input of a live run.
///
/// A file is read with its first lines looked at together, because names that repeat prove how the lines are
/// framed. A live input may pause before it has said so much, and what it said is wanted now. So those first lines are
/// read twice: at once by an early fold, as well as that goes, and by the lasting one as a file would be. What the
/// lasting fold says is what counts from then on, so that the report does not depend on pauses.
final class InputFold {
  let identity: InputIdentity
  /// How many bytes came.
  private(set) var bytes = 0
  /// When the events of the fold that counts were announced to have happened, at their indices.
  private(set) var announced: [Announcement] = []
  /// Changes whenever the events are counted anew.
  private(set) var generation = 0

  private var lasting: Fold
  /// Tells what the first lines say; nil until somebody wants to know before they are settled.
  private var early: Fold?
  /// The bytes of the first lines, as long as they are not settled.
  private var head: [UInt8] = []
  private var isEarly = true
  private let catalogue: ParserCatalogue

  /// What was said of an event's time.
  struct Announcement {
    var at: Instant
    var revision = 0
  }

  init(identity: InputIdentity, catalogue: ParserCatalogue) {
    self.identity = identity
    self.catalogue = catalogue
    lasting = Fold(identity: identity, catalogue: catalogue)
    early = nil
  }

  // MARK: Taking in

  /// Takes in bytes as they come.
  func feed(_ new: [UInt8]) {
    bytes += new.count
    lasting.feed(new)
    guard isEarly else { return }
    if early == nil { head += new } else { early?.feed(new) }
    settle()
  }

  /// Tells that nothing more is there at the moment.
  func pause() {
    guard isEarly else { return }
    if early == nil {
      early = Fold(identity: identity, catalogue: catalogue)
      early?.feed(head)
      head = []
    }
    early?.flush()
  }

  /// Tells that a file ends and another one of the same log follows.
  func endFile() {
    lasting.endFile()
    early?.endFile()
    settle()
  }

  /// Tells that nothing follows.
  func finish() {
    lasting.finish()
    settle(isLast: true)
  }

  private func settle(isLast: Bool = false) {
    guard isEarly, isLast || lasting.lines > 0 else { return }
    let said = Dictionary(zip(events.map(EventKey.init), announced), uniquingKeysWith: { $1 })
    isEarly = false
    generation += 1
    carried = said
    announced = []
    early = nil
    head = []
  }

  /// What the early fold had announced and the lasting one need not repeat.
  private var carried: [EventKey: Announcement] = [:]

  // MARK: Giving out

  var lines: Int { isEarly ? early?.lines ?? 0 : lasting.lines }
  var classified: Classified { isEarly ? early?.classified ?? Classified() : lasting.classified }
  var events: [Event] { isEarly ? early?.classified.events ?? [] : lasting.classified.events }
  var readings: [ClockReading] { isEarly ? early?.classified.readings ?? [] : lasting.classified.readings }
  var tallies: [SourceTally] { isEarly ? early?.classified.tallies ?? [] : lasting.classified.tallies }
  var sources: [Source] { isEarly ? early?.table.sources ?? [] : lasting.table.sources }

  /// Calls `announce` with each event that has come since the last call; it returns when the event happened.
  func announceNew(_ announce: (Event) -> Instant) {
    let all = events
    while announced.count < all.count {
      let event = all[announced.count]
      if let earlier = carried.removeValue(forKey: EventKey(event)) {
        announced.append(earlier)
      } else {
        announced.append(Announcement(at: announce(event)))
      }
    }
    if !isEarly, !carried.isEmpty { carried = [:] }
  }

  /// Corrects what was said of an event's time; returns the number of the correction.
  func correct(_ index: Int, to instant: Instant) -> Int {
    announced[index].at = instant
    announced[index].revision += 1
    return announced[index].revision
  }

  /// Forgets the events at whose index `isGivenUp` is true; what came later stays.
  func giveUp(_ isGivenUp: [Bool]) {
    guard !isEarly, isGivenUp.contains(true) else { return }
    generation += 1
    lasting.giveUp(isGivenUp)
    announced = announced.without(isGivenUp)
  }
}

/// What tells an event of an input from the others, however its lines were read.
private struct EventKey: Hashable {
  var line: Int
  var message: String
  var text: String

  init(_ event: Event) {
    line = event.line
    message = event.message
    text = event.text
  }
}
