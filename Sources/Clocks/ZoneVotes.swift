/// Where a line's true time must lie, as far as other lines tell, in milliseconds.
struct TimeBracket: Hashable {
  var lower: Int64
  var upper: Int64

  init(_ one: Int64, _ other: Int64) {
    lower = min(one, other)
    upper = max(one, other)
  }

  var middle: Int64 { lower + (upper - lower) / 2 }
}

/// Finds the zone offsets under which the most lines fall into their brackets.
struct ZoneVotes {
  static let step: Int64 = 900_000
  /// Offsets reach from -14 h to +14 h.
  static let reach = 56
  /// How far a clock may be off without pointing to the next zone.
  static let slack: Int64 = 440_000

  /// For each voter the offsets that its bracket allows, in milliseconds.
  private var allowed: [TimeBracket] = []
  /// How many voters allow few enough offsets to tell them apart.
  private(set) var sharpCount = 0

  var count: Int { allowed.count }

  /// Adds a line with its wall-clock time.
  mutating func add(wall: Int64, bracket: TimeBracket) {
    allowed.append(TimeBracket(wall - bracket.upper - Self.slack, wall - bracket.lower + Self.slack))
    if bracket.upper - bracket.lower < 2 * Self.step { sharpCount += 1 }
  }

  /// The offsets in milliseconds, the strongest first; a further one only where several lines need it.
  ///
  /// More than one comes out where daylight-saving time ends within the log, or where programs of different zones
  /// print alike. Ties go to `preferred` in its order, then to whole hours, then to the offset nearest to UTC.
  func winners(preferred: [Int64]) -> [Int64] {
    var rest = allowed
    var winners: [Int64] = []
    while winners.count < 4, let (offset, votes) = Self.strongest(rest, preferred: preferred) {
      if !winners.isEmpty, votes < max(3, allowed.count / 100) { break }
      winners.append(offset)
      rest.removeAll { $0.lower <= offset && offset <= $0.upper }
    }
    return winners
  }

  private static func strongest(_ allowed: [TimeBracket], preferred: [Int64]) -> (Int64, Int)? {
    var changes = [Int](repeating: 0, count: 2 * reach + 2)
    for range in allowed {
      let first = max(-Int64(reach), -floorDivide(-range.lower, step))
      let last = min(Int64(reach), floorDivide(range.upper, step))
      guard first <= last else { continue }
      changes[Int(first) + reach] += 1
      changes[Int(last) + reach + 1] -= 1
    }
    var best: (offset: Int64, votes: Int, rank: Int)?
    var votes = 0
    for bin in 0...(2 * reach) {
      votes += changes[bin]
      let offset = Int64(bin - reach) * step
      let rank = preferred.firstIndex(of: offset) ?? preferred.count + oddity(of: offset)
      if votes > 0, best.map({ (votes, -rank) > ($0.votes, -$0.rank) }) ?? true { best = (offset, votes, rank) }
    }
    return best.map { ($0.offset, $0.votes) }
  }

  /// Most zones are whole hours from UTC, few are half hours, hardly any are quarters.
  private static func oddity(of offset: Int64) -> Int {
    let hours = Int(offset.magnitude / 3_600_000)
    return hours + (offset % 3_600_000 == 0 ? 0 : offset % 1_800_000 == 0 ? 100 : 200)
  }
}
