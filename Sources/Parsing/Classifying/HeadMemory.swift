import Ingestion
import Model

/// What a source's lines looked like so far: the heads that fitted last, how their lines began, and the minute that they
/// printed.
struct HeadMemory {
  /// The heads that fitted last.
  var recent = RecentHeads()
  /// How lines under a few heads and levels began.
  private var openings: [LineOpening] = []
  /// Which of them is that of the latest line; -1 if there is none.
  private(set) var latest = -1
  /// What is known from that one.
  private(set) var opening = LineOpening.Known()
  /// Which one makes room for the next.
  private var replaced = 0
  var minute = MinuteCache()

  /// Openings that are remembered: a server and its agent in one stream write under so many heads and levels in turn.
  private static let maximumOpenings = 6

  // MARK: Openings

  /// Which openings there are.
  var indices: Range<Int> { openings.indices }

  /// What is known from one of the openings.
  func opening(_ index: Int) -> LineOpening.Known { openings[index].known }

  /// Whether the opening at hand is that of the head that fitted last.
  @inline(__always)
  var isOpeningCurrent: Bool { opening.head >= 0 && Int(opening.head) == recent[0] }

  /// Remembers how a line of the latest head began.
  mutating func learn(_ new: LineOpening) {
    let known = new.known
    if let place = openings.firstIndex(where: { $0.known.head == known.head && $0.known.level == known.level }) {
      openings[place].begin(as: new)
      latest = place
    } else if openings.count < Self.maximumOpenings {
      openings.append(new)
      latest = openings.count - 1
    } else {
      openings[replaced] = new
      latest = replaced
      replaced = (replaced + 1) % Self.maximumOpenings
    }
    opening = known
  }

  /// Takes an opening, and its head, for those of the latest line.
  mutating func take(_ index: Int) {
    latest = index
    opening = openings[index].known
    recent.remember(Int(opening.head))
  }

  /// Takes a head for that of the latest line, with the opening of its lines of a level.
  mutating func take(_ head: Int16, _ level: Int32) {
    if isOpeningCurrent, opening.head == head, opening.level == level { return }
    recent.remember(Int(head))
    if let index = openings.firstIndex(where: { $0.known.head == head && $0.known.level == level }) { take(index) }
  }

  /// What is known of a line from the latest opening.
  @inline(__always)
  mutating func familiar(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> LineOpening.Familiar? {
    familiar(latest, line, start, end)
  }

  /// What is known of a line from an opening.
  @inline(__always)
  mutating func familiar(_ index: Int, _ line: Span<UInt8>, _ start: Int, _ end: Int) -> LineOpening.Familiar? {
    guard openings.indices.contains(index) else { return nil }
    return openings[index].familiar(line, start, end)
  }

  // MARK: Messages behind the latest opening

  /// Remembers that lines which go on with `literal` have the message of a slot.
  mutating func learn(_ literal: Span<UInt8>, slot: Int32) {
    if latest >= 0 { openings[latest].learn(literal, slot: slot) }
  }

  /// Remembers that just this message has a slot.
  mutating func learn(whole message: Span<UInt8>, slot: Int32) {
    if latest >= 0 { openings[latest].learn(whole: message, slot: slot) }
  }

  /// Notes that a message has a slot, or none; `isCertain` is asked whether that holds whatever its digits.
  mutating func note(_ message: Span<UInt8>, slot: Int32, isCertain: () -> Bool) {
    if latest >= 0 { openings[latest].note(message, slot: slot, isCertain: isCertain) }
  }

  /// Remembers that the pattern of a slot, which takes all digits alike, matches a message.
  mutating func prove(_ message: Span<UInt8>, slot: Int32) {
    if latest >= 0 { openings[latest].prove(message, slot: slot) }
  }

  /// Whether something was learnt that the reader has not been told.
  @inline(__always)
  var hasNews: Bool { latest >= 0 && openings[latest].hasNews }

  /// What the reader may be told of noise.
  mutating func lesson(on source: SourceID, isNoise: (_ slot: Int32) -> Bool) -> NoiseLesson? {
    guard latest >= 0 else { return nil }
    openings[latest].hasNews = false
    return openings[latest].lesson(on: source, isNoise: isNoise)
  }
}
