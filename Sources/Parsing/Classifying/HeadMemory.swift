import Ingestion
import Model

/// What a source's lines looked like so far: the heads that fitted last, how their lines began, and the minute that they
/// printed.
struct HeadMemory {
  /// The heads that fitted last, the latest first; -1 where there are fewer.
  private(set) var recent: (Int16, Int16, Int16, Int16) = (-1, -1, -1, -1)
  /// How the last line under each of two heads began, that of the latest line first.
  private var openings = (LineOpening(), LineOpening())
  /// Whether the second one is that of the latest line.
  private var isSecondLatest = false
  /// Whether no line fits the heads of both openings.
  private(set) var areOpeningsStrangers = false
  /// The heads for which that was found out.
  private var compared: (Int16, Int16) = (-1, -1)
  var minute = MinuteCache()
  /// Whether something was learnt of the latest opening that the reader has not been told.
  var hasNews = false

  static let count = 4

  /// The head at a rank from 0 (the latest) to 3, or -1.
  @inline(__always)
  func head(_ rank: Int) -> Int {
    switch rank {
    case 0: Int(recent.0)
    case 1: Int(recent.1)
    case 2: Int(recent.2)
    default: Int(recent.3)
    }
  }

  @inline(__always)
  func contains(_ head: Int) -> Bool {
    let head = Int16(truncatingIfNeeded: head)
    return recent.0 == head || recent.1 == head || recent.2 == head || recent.3 == head
  }

  /// Moves a head to the front.
  @inline(__always)
  mutating func remember(_ head: Int) {
    let head = Int16(truncatingIfNeeded: head)
    if recent.0 == head { return }
    if recent.1 == head {
      recent = (head, recent.0, recent.2, recent.3)
    } else if recent.2 == head {
      recent = (head, recent.0, recent.1, recent.3)
    } else {
      recent = (head, recent.0, recent.1, recent.2)
    }
  }

  // MARK: Openings

  /// What is known from the opening of the latest line.
  @inline(__always)
  var opening: LineOpening.Known { isSecondLatest ? openings.1.known : openings.0.known }

  /// What is known from that of the head before.
  @inline(__always)
  var otherOpening: LineOpening.Known { isSecondLatest ? openings.0.known : openings.1.known }

  @inline(__always)
  private mutating func withOpening<Result>(latest: Bool, _ body: (inout LineOpening) -> Result) -> Result {
    isSecondLatest == latest ? body(&openings.1) : body(&openings.0)
  }

  /// Whether the opening at hand is that of the head that fitted last.
  @inline(__always)
  var isOpeningCurrent: Bool { opening.head >= 0 && opening.head == recent.0 }

  /// Whether the other opening is that of the head that fitted before.
  var isOtherOpeningCurrent: Bool { isOpeningCurrent && otherOpening.head >= 0 && otherOpening.head == recent.1 }

  /// Remembers how a line of the latest head began.
  mutating func learn(_ new: LineOpening) {
    hasNews = true
    // What the new opening replaces may have been learnt under its head.
    if opening.head != new.known.head { isSecondLatest.toggle() }
    withOpening(latest: true) { opening in
      let replaced = opening
      opening = new
      opening.keepMessages(of: replaced)
    }
  }

  /// Finds out whether the heads of the openings exclude each other, unless that is known.
  mutating func compareOpenings(_ exclude: (_ left: Int, _ right: Int) -> Bool) {
    let (left, right) = (opening.head, otherOpening.head)
    if (left, right) == compared || (right, left) == compared { return }
    compared = (left, right)
    areOpeningsStrangers = left >= 0 && right >= 0 && exclude(Int(left), Int(right))
  }

  /// Remembers that lines which begin as the latest one and go on with `literal` have the message of a slot.
  mutating func learn(_ literal: Span<UInt8>, slot: Int32) {
    hasNews = true
    withOpening(latest: true) { $0.learn(literal, slot: slot) }
  }

  /// Remembers that just this message behind the latest opening has a slot.
  mutating func learn(whole message: Span<UInt8>, slot: Int32) {
    withOpening(latest: true) { $0.learn(whole: message, slot: slot) }
  }

  /// Remembers that the pattern of a slot, which takes all digits alike, matches a message behind the latest opening.
  mutating func prove(_ message: Span<UInt8>, slot: Int32) {
    withOpening(latest: true) { $0.prove(message, slot: slot) }
  }

  /// What the reader may be told of noise behind the latest opening.
  mutating func lesson(on source: SourceID, isNoise: (_ slot: Int32) -> Bool) -> NoiseLesson? {
    hasNews = false
    return withOpening(latest: true) { $0.lesson(on: source, isNoise: isNoise) }
  }

  /// What is known of a line from the latest opening.
  @inline(__always)
  mutating func familiar(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> LineOpening.Familiar? {
    withOpening(latest: true) { $0.familiar(line, start, end) }
  }

  /// What is known of a line from the other opening.
  mutating func otherFamiliar(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> LineOpening.Familiar? {
    withOpening(latest: false) { $0.familiar(line, start, end) }
  }

  /// Whether a line that begins as one of this head would be taken for one of it.
  @inline(__always)
  mutating func settles(on head: Int16) -> Bool {
    if recent.0 == head { return true }
    guard isOtherOpeningCurrent, areOpeningsStrangers, recent.1 == head else { return false }
    takeOther()
    return true
  }

  /// Takes the head before the latest for the latest, with its opening.
  mutating func takeOther() {
    recent = (recent.1, recent.0, recent.2, recent.3)
    isSecondLatest.toggle()
  }
}
