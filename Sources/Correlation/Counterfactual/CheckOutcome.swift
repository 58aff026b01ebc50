/// HAProxy's health checks with other settings.
///
/// A server is UP after `rise` good checks: the first within `downinter`, the others `fastinter` apart; it is DOWN after
/// `fall` failed ones: the first within `inter`, the others `fastinter` apart, each of which takes as long as it takes to
/// fail (HAProxy, `src/check.c`). `fastinter` and `downinter` are `inter` unless set.
struct CheckOutcome: Sendable {
  let values: SettingValues

  /// The settings as one set of numbers.
  private struct Checks {
    var inter: Double
    var fast: Double
    var down: Double
    var rise: Double
  }

  /// From the moment at which checks could succeed to UP.
  func up(recorded: Double, isShifted: Bool) -> WaitOutcome {
    let rise = values.was(.rise)?.likely.rounded() ?? 2
    let inter = values.was(.inter)?.likely ?? recorded / max(0.5, rise - 0.5)
    let doubts = values.was(.rise) == nil ? ["The log does not show rise; HAProxy's 2 is taken."] : []
    let was = Checks(inter: inter, fast: inter, down: inter, rise: rise)
    let now = Checks(
      inter: values.asked(.inter) ?? inter,
      fast: values.asked(.fastinter) ?? values.asked(.inter) ?? inter,
      down: values.asked(.downinter) ?? values.asked(.inter) ?? inter,
      rise: values.asked(.rise) ?? rise
    )
    guard values.isAsked(.inter, .fastinter, .downinter, .rise) else {
      guard isShifted else { return WaitOutcome(length: Estimate(recorded)) }
      let bounds = span(of: was)
      return WaitOutcome(length: Estimate(lower: bounds.lower, likely: recorded, upper: bounds.upper))
    }
    // Where in the pause between two checks the server became good is taken as it was.
    let share = was.down > 0 ? min(1, max(0, (recorded - (was.rise - 1) * was.fast) / was.down)) : 0.5
    let bounds = span(of: now)
    return WaitOutcome(
      length: Estimate(lower: bounds.lower, likely: (now.rise - 1) * now.fast + share * now.down, upper: bounds.upper),
      reason: reason(now),
      doubts: doubts
        + (values.was(.inter) == nil && values.asked(.inter) == nil
          ? ["The log does not show inter; \(secondsText((inter * 10).rounded() / 10)) is taken."] : [])
    )
  }

  private func span(of checks: Checks) -> Estimate {
    let others = (checks.rise - 1) * checks.fast
    return Estimate(between: others, and: others + checks.down + 0.1 * checks.rise)
  }

  private func reason(_ checks: Checks) -> String {
    let first = "The proxy would have seen the new primary within \(secondsText(checks.down))"
    return checks.rise < 2
      ? "\(first) and taken it in at once."
      : "\(first) and taken it in \(secondsText((checks.rise - 1) * checks.fast)) later, after \(Int(checks.rise)) good checks."
  }

  /// From the moment at which checks fail to DOWN; `check` is how long one failing check took, in seconds.
  func down(recorded: Double, check: Double, isTimeout: Bool) -> WaitOutcome? {
    guard values.isAsked(.inter, .fastinter, .fall, .timeoutCheck), let inter = values.was(.inter)?.likely,
      let fall = values.was(.fall)?.likely.rounded()
    else { return nil }
    let newInter = values.asked(.inter) ?? inter
    let newFast = values.asked(.fastinter) ?? newInter
    let newFall = values.asked(.fall) ?? fall
    // Without a time-out of its own a check that hangs is bounded by inter.
    let newCheck =
      isTimeout ? values.asked(.timeoutCheck) ?? (values.was(.timeoutCheck) == nil ? newInter : check) : check
    let share = min(1, max(0, (recorded - fall * check - (fall - 1) * inter) / max(inter, 0.001)))
    let fixed = newFall * newCheck + (newFall - 1) * newFast
    return WaitOutcome(
      length: Estimate(lower: fixed, likely: fixed + share * newInter, upper: fixed + newInter),
      reason: "The proxy would have taken the old primary out after \(Int(newFall)) failed checks of "
        + "\(secondsText(newCheck)), \(secondsText(newFast)) apart."
    )
  }
}
