/// Lines that are later than what arrived after them.
///
/// No line arrives before it is written. A clock that prints too few lines to be judged by, such as that of a member
/// of which one line is there, shows in this way that it is ahead; how far it is behind, a late line may feign.
struct FutureLines {
  typealias Time = CorrectedTimes.Time

  /// Lines may overtake each other by so much on their way, in milliseconds.
  private static let overtaking: Int64 = 5000
  /// How many lines of other sources, and of how many sources, must contradict.
  private static let witnesses = (lines: 4, sources: 2)
  /// How many lines are looked through for them.
  private static let reach = 60

  let table: ClockTable
  let range: Range<Int>
  let times: [Time?]

  /// Where such lines belong: between what arrived before and after them.
  var corrections: [(index: Int, time: Time)] {
    range.compactMap { index in
      guard let time = times[index], isSuspect(time, at: index), let after = witness(against: time, after: index)
      else { return nil }
      let before = index > range.lowerBound ? times[index - 1]?.earliest : nil
      let earliest = min(before ?? after.earliest - 1000, after.earliest)
      return (index, Time(at: after.at, earliest: earliest, latest: after.latest))
    }
  }

  /// A look at the next lines, as hardly any line needs a closer one.
  private func isSuspect(_ time: Time, at index: Int) -> Bool {
    let next = index + 1
    guard next < range.upperBound else { return false }
    let isLater = times[next].map { time.earliest > $0.latest + Self.overtaking } ?? true
    return isLater && !isBorneOut(time, before: index)
  }

  /// Whether another source's line before it is about as late: then it is what follows that belongs to earlier, such as
  /// an older part of the log that was put behind a newer one.
  private func isBorneOut(_ time: Time, before index: Int) -> Bool {
    let source = table.marks[index].source
    let before = max(range.lowerBound, index - Self.reach)
    guard let previous = (before..<index).last(where: { table.marks[$0].source != source && times[$0] != nil }),
      let known = times[previous]
    else { return false }
    return time.earliest <= known.latest + Self.overtaking
  }

  /// The first line behind `index` that contradicts, if enough do and none bears the time out.
  private func witness(against time: Time, after index: Int) -> Time? {
    let source = table.marks[index].source
    var lines = 0
    var sources: Set<Int> = []
    var first: Time?
    for next in (index + 1)..<min(range.upperBound, index + 1 + Self.reach) where table.marks[next].source != source {
      guard let other = times[next] else { continue }
      guard time.earliest > other.latest + Self.overtaking else { return nil }
      first = first ?? other
      lines += 1
      sources.insert(table.marks[next].source)
      if lines >= Self.witnesses.lines, sources.count >= Self.witnesses.sources { return first }
    }
    return nil
  }
}
