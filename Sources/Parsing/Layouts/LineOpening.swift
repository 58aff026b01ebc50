import CByteScan
import Ingestion
import Model

/// What a line of a source began with, up to the first text that differs from line to line, such as
/// `2025-08-10 21:57:24.204 UTC [1] LOG C-`, and what its head read from it.
///
/// A line that has the same bytes but for the digits of the time of day and of the process id has the same head, date, zone
/// and level, so that a comparison stands for all steps of its layout up to there. The messages that followed are remembered,
/// too.
struct LineOpening {
  /// What a head read from the opening.
  struct Known {
    /// Index of the head, or -1 if nothing is remembered.
    var head: Int16 = -1
    var component = -1
    /// The bit of the head in the gates of its component.
    var headBit: UInt64 = 0
    var level: Int32 = -1
    /// Whether other heads are asked first.
    var hasRivals = false
    var pid = -1
    /// The time at the beginning of the day.
    var midnight = Stamp(milliseconds: 0)
  }

  private(set) var known = Known()
  /// Whether something was learnt that the reader has not been told.
  var hasNews = true
  private var bytes = line_opening()

  private static let longest = Int(LINE_OPENING_LONGEST)
  /// The bytes of `hh:mm:ss`.
  private static let clockLength = 8
  private static let longestLiteral = Int(LINE_OPENING_LITERAL)

  /// Remembers how `line` began under a head that fits it; nil if the layout or the line does not lend itself to it.
  init?(_ line: Span<UInt8>, _ start: Int, head: Int, _ entry: HeadTable.Entry, _ fit: LayoutFit, _ gaps: LineGaps) {
    let hasPid = fit.pidStart > max(fit.secondStart, fit.fractionStart) && fit.pidEnd < fit.openingEnd
    let length = (hasPid ? fit.pidStart : fit.openingEnd) &- start
    let clock = fit.hourStart..<fit.hourStart &+ Self.clockLength
    guard fit.openingEnd >= 0, length > 0, length <= Self.longest, !fit.isWeak, var stamp = fit.clock.stamp,
      fit.hourStart >= start, clock.upperBound <= start &+ length, fit.secondStart == clock.upperBound &- 2
    else { return nil }
    known.head = Int16(truncatingIfNeeded: head)
    known.component = entry.component
    known.headBit = entry.bit
    known.level = fit.level
    known.hasRivals = !entry.rivals.isEmpty
    known.pid = fit.pid
    bytes.length = Int32(length)
    bytes.clock = Int32(fit.hourStart - start)
    bytes.fraction = Int32(fit.fractionLength > 0 ? fit.fractionStart - start : 0)
    bytes.fraction_length = Int32(fit.fractionLength)
    bytes.takes_blanks = gaps.takesBlanks ? 1 : 0
    for gap in gaps.gaps where line_opening_add_gap(&bytes, gap) == 0 { return nil }
    if hasPid, !setTail(line, fit.pidEnd, fit.openingEnd) { return nil }
    let fraction = fit.fractionStart..<fit.fractionStart &+ fit.fractionLength
    for position in start..<start &+ length {
      let changes = clock.contains(position) && line[position].isDigit || fraction.contains(position)
      line_opening_set(&bytes, Int32(position &- start), line[position], changes ? 0 : 1)
    }
    guard let time = timeOfDay(line, start) else { return nil }
    stamp.milliseconds &-= time
    // A layout may have something else where minutes usually are.
    guard stamp.milliseconds.isMultiple(of: CivilTime.millisecondsPerDay) else { return nil }
    known.midnight = stamp
  }

  /// What the line prints, in milliseconds since midnight; nil if not even this line begins as itself.
  private func timeOfDay(_ line: Span<UInt8>, _ start: Int) -> Int64? {
    let milliseconds = line.withUnsafeBufferPointer { text in
      withUnsafePointer(to: bytes) { opening in
        text.baseAddress.map { line_opening_time(opening, $0, start, text.count) } ?? -1
      }
    }
    return milliseconds >= 0 ? milliseconds : nil
  }

  /// Remembers what follows the process id; false if it is too long.
  private mutating func setTail(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    line.extracting(start..<end).withUnsafeBufferPointer { tail in
      guard let base = tail.baseAddress else { return false }
      return line_opening_set_tail(&bytes, base, Int32(tail.count)) != 0
    }
  }

  // MARK: Messages

  /// Remembers that a message which begins with `literal` has the best right to all lines that go on so.
  mutating func learn(_ literal: Span<UInt8>, slot: Int32) {
    guard literal.count <= Self.longestLiteral else { return }
    hasNews = true
    literal.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return }
      line_opening_add_message(&bytes, base, Int32(text.count), slot)
    }
  }

  /// Remembers that just this message has a slot.
  mutating func learn(whole message: Span<UInt8>, slot: Int32) {
    message.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return }
      line_opening_add_whole(&bytes, base, text.count, slot)
    }
  }

  /// Notes that a message has a slot, or none.
  ///
  /// If that was noted before of one that differs in digits alone, `isCertain` is asked whether digits make no difference; it is
  /// remembered then.
  mutating func note(_ message: Span<UInt8>, slot: Int32, isCertain: () -> Bool) {
    message.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return }
      let place = line_opening_note_whole(&bytes, base, text.count, slot)
      if place >= 0, isCertain() { line_opening_confirm(&bytes, place) }
    }
  }

  /// Remembers that the pattern of a slot, which takes all digits alike, matches a whole message.
  mutating func prove(_ message: Span<UInt8>, slot: Int32) {
    message.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return }
      line_opening_prove(&bytes, slot, base, text.count)
    }
  }

  /// Goes over to the beginning of a later line under the same head and level: the messages that are admitted stay the same.
  mutating func begin(as new: LineOpening) {
    let old = bytes
    known = new.known
    bytes = new.bytes
    withUnsafePointer(to: old) { line_opening_keep_messages(&bytes, $0) }
    hasNews = true
  }

  /// The opening with only those messages that are noise; nil if none is.
  func lesson(on source: SourceID, isNoise: (_ slot: Int32) -> Bool) -> NoiseLesson? {
    guard !known.hasRivals else { return nil }
    var opening = bytes
    let kept = (0..<Int32(bytes.message_count)).reduce(into: UInt32(0)) { kept, index in
      if isNoise(line_opening_slot(&opening, index)) { kept |= 1 << UInt32(index) }
    }
    guard kept != 0 else { return nil }
    line_opening_keep_only(&opening, kept)
    let head = NoiseHead(
      head: known.head,
      level: known.level,
      component: known.component,
      midnight: known.midnight
    )
    return NoiseLesson(source: source, head: head, opening: opening)
  }

  // MARK: Lines

  /// What is known of a line without running its layout.
  struct Familiar {
    var stamp: Stamp
    /// Where the message begins.
    var textStart: Int
    /// The process id, or -1.
    var pid: Int
    /// The slot of a remembered message that begins so, or `Dispatcher.none`.
    var slot: Int32
    /// Whether it is known that no other message, or none at all, has a better right.
    var isProven: Bool
  }

  /// What is known of `line[start..<end]`; nil if it begins in another way, or goes on with other fields.
  @inline(__always)
  mutating func familiar(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Familiar? {
    var found = line_found(milliseconds: 0, pid: Int64(known.pid), slot: Dispatcher.none, is_proven: 0)
    let count = line.count
    guard start >= 0, start < end, end <= count else { return nil }
    let textStart = line.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return 0 }
      return Int(line_opening_message_start(&bytes, base, start, end, count, &found))
    }
    guard textStart > 0 else { return nil }
    var stamp = known.midnight
    stamp.milliseconds &+= found.milliseconds
    return Familiar(
      stamp: stamp,
      textStart: textStart,
      pid: Int(found.pid),
      slot: found.slot,
      isProven: found.is_proven != 0
    )
  }
}

/// The fields between the opening of a layout and its message.
struct LineGaps {
  /// Whether blanks follow the opening.
  var takesBlanks = false
  var gaps: [line_gap] = []

  /// Reads the parts that follow an opening; nil if they are no sequence of fields with a byte, blanks or both behind.
  init?(_ parts: ArraySlice<LayoutPart>) {
    var rest = parts
    if rest.first == .blanks {
      takesBlanks = true
      rest = rest.dropFirst()
    }
    while let part = rest.popFirst() {
      switch part {
      case .message:
        guard rest.isEmpty else { return nil }
        return
      case .field:
        var gap = line_gap(stop: 0x20, takes_stop: 0, takes_blanks: 0)
        if case .literal(let bytes)? = rest.first {
          guard bytes.count == 1 else { return nil }
          gap.stop = bytes[0]
          gap.takes_stop = 1
          rest = rest.dropFirst()
        }
        if rest.first == .blanks {
          gap.takes_blanks = 1
          rest = rest.dropFirst()
        }
        guard gap.takes_stop == 1 || gap.takes_blanks == 1 else { return nil }
        gaps.append(gap)
      case .literal, .blanks, .time, .epoch, .zone, .level, .pid, .skip: return nil
      }
    }
    return nil
  }
}
