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
///
/// Only offsets that some zone has are looked for: a clock that is ten minutes off is in no zone of its own.
struct ZoneVotes {
  /// How far a clock may be off without pointing to the next zone.
  static let slack: Int64 = 440_000
  /// How far a clock may be off that fits no zone.
  private static let widestSlack: Int64 = 1_800_000
  private static let hour: Int64 = 3_600_000

  /// For each voter the offsets that its bracket allows, in milliseconds.
  private var allowed: [TimeBracket] = []
  /// How many voters allow few enough offsets to tell them apart.
  private(set) var sharpCount = 0

  var count: Int { allowed.count }

  /// Adds a line with its wall-clock time.
  mutating func add(wall: Int64, bracket: TimeBracket) {
    allowed.append(TimeBracket(wall - bracket.upper, wall - bracket.lower))
    if bracket.upper - bracket.lower < Self.hour / 2 { sharpCount += 1 }
  }

  /// The offsets in milliseconds, the strongest first; a further one only where several lines need it.
  ///
  /// More than one comes out where daylight-saving time ends within the log, or where programs of different zones
  /// print alike. Ties go to `preferred` in its order, then to whole hours, then to the offset nearest to UTC.
  func winners(preferred: [Int64]) -> [Int64] {
    var rest = allowed.map { TimeBracket($0.lower - Self.slack, $0.upper + Self.slack) }
    var winners: [Int64] = []
    while winners.count < 4, let (offset, votes) = Self.strongest(rest, preferred: preferred) {
      if !winners.isEmpty, votes < max(3, allowed.count / 100) { break }
      winners.append(offset)
      rest.removeAll { $0.lower <= offset && offset <= $0.upper }
    }
    guard winners.isEmpty else { return winners }
    let wide = allowed.map { TimeBracket($0.lower - Self.widestSlack, $0.upper + Self.widestSlack) }
    return Self.strongest(wide, preferred: preferred).map { [$0.0] } ?? []
  }

  private static func strongest(_ allowed: [TimeBracket], preferred: [Int64]) -> (Int64, Int)? {
    var changes = [Int](repeating: 0, count: zones.count + 1)
    for range in allowed {
      let first = countOfZones(below: range.lower)
      let end = countOfZones(below: range.upper + 1)
      guard first < end else { continue }
      changes[first] += 1
      changes[end] -= 1
    }
    var best: (offset: Int64, votes: Int, rank: Int)?
    var votes = 0
    for (index, offset) in zones.enumerated() {
      votes += changes[index]
      let rank = preferred.firstIndex(of: offset) ?? preferred.count + oddity(of: offset)
      if votes > 0, best.map({ (votes, -rank) > ($0.votes, -$0.rank) }) ?? true { best = (offset, votes, rank) }
    }
    return best.map { ($0.offset, $0.votes) }
  }

  /// Most zones are whole hours from UTC, few are half hours, hardly any are quarters.
  private static func oddity(of offset: Int64) -> Int {
    let hours = Int(offset.magnitude / UInt64(hour))
    return hours + (offset % hour == 0 ? 0 : offset % (hour / 2) == 0 ? 100 : 200)
  }
}

// MARK: - The zones there are

extension ZoneVotes {
  /// The offsets that zones have or had since 1970, daylight-saving time included (IANA time zone database), in order.
  static let zones: [Int64] = {
    let wholeHours = (-14...14).map { $0 * 4 }
    let quarters = [-38, -18, -14, -10, 14, 18, 22, 23, 26, 34, 35, 38, 42, 46, 51, 55]
    return (wholeHours + quarters).sorted().map { Int64($0) * quarter }
  }()

  /// All zones are a number of quarters of an hour from UTC.
  private static let quarter: Int64 = 900_000
  /// How far the outermost zones are from UTC, in quarters.
  private static let reach: Int64 = 56

  /// For each quarter from the westernmost zone to beyond the easternmost one, how many zones lie before it.
  private static let counts = (-reach...reach + 1).map { place in zones.count { $0 < place * quarter } }

  /// How many zones have a lower offset than this one.
  private static func countOfZones(below offset: Int64) -> Int {
    counts[Int(min(max(floorDivide(offset + quarter - 1, quarter), -reach), reach + 1) + reach)]
  }
}
