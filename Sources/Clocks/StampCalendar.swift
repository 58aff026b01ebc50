import Model

/// Completing the date that a stamp leaves out. All values are milliseconds of the stamp's own wall clock.
extension Stamp {
  /// The full wall-clock time that agrees with the printed digits and lies nearest to `target`.
  func wallTime(near target: Int64) -> Int64 {
    switch missing {
    case .nothing:
      return milliseconds
    case .date:
      let day = CivilTime.millisecondsPerDay
      return milliseconds + day * floorDivide(target - milliseconds + day / 2, day)
    case .year:
      let year = CivilTime.year(at: target)
      let same = wallTime(inYear: year)
      if abs(same - target) < 182 * CivilTime.millisecondsPerDay { return same }
      let candidates = [year - 1, year, year + 1].map { wallTime(inYear: $0) }
      return candidates.min { abs($0 - target) < abs($1 - target) } ?? milliseconds
    }
  }

  /// The full wall-clock time that follows a line of the same clock at `previous`: only forward over midnight and
  /// new year, but a line from just before them may arrive just after.
  func wallTime(following previous: Int64) -> Int64 {
    switch missing {
    case .nothing:
      return milliseconds
    case .date:
      let day = CivilTime.millisecondsPerDay
      let midnight = floorDivide(previous, day) * day
      let same = midnight + milliseconds
      if same < previous - day / 2 { return same + day }
      return same > previous + day / 2 && isStraggler(same - day, after: previous) ? same - day : same
    case .year:
      let halfYear = 182 * CivilTime.millisecondsPerDay
      let year = CivilTime.year(at: previous)
      let same = wallTime(inYear: year)
      if same < previous - halfYear { return wallTime(inYear: year + 1) }
      let before = wallTime(inYear: year - 1)
      return same > previous + halfYear && isStraggler(before, after: previous) ? before : same
    }
  }

  /// The printed digits in the given year, for a stamp without one.
  func wallTime(inYear year: Int) -> Int64 {
    let year = max(1, min(year, 9999))
    let sinceNewYear = milliseconds - Self.newYear1972
    // Without a 29 February, what follows it is a day earlier, and what claims to be that day is 1 March.
    let isBehindLeapDay = sinceNewYear >= 60 * CivilTime.millisecondsPerDay
    let missing = isBehindLeapDay && !CivilTime.isLeap(year: year) ? CivilTime.millisecondsPerDay : 0
    return CivilTime.newYear(year) + sinceNewYear - missing
  }

  /// The beginning of the leap year in which stamps without a year are counted.
  private static let newYear1972 = 730 * CivilTime.millisecondsPerDay

  private func isStraggler(_ time: Int64, after previous: Int64) -> Bool {
    previous - time < 600_000
  }
}

/// The quotient rounded towards negative infinity.
func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
  let quotient = value / divisor
  return value % divisor != 0 && (value < 0) != (divisor < 0) ? quotient - 1 : quotient
}
