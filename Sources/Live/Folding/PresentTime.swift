import Model

/// What time it is by the lines, although one of them may be wrong.
///
/// A line dated in the future must not stop the clock, and a source that hands over what it wrote hours ago must not turn
/// it back.
struct PresentTime {
  /// Nil before the first line.
  private(set) var instant: Instant?

  /// Lines that told a time far from the present one, one after the other and near each other.
  private var strays = 0
  private var stray: Instant?
  /// A single line has set the present time, and none has agreed yet.
  private var isDoubtful = true

  /// Times farther apart than this do not bear each other out, in seconds.
  private static let far = 3600.0
  /// So many lines in a row make a leap forwards, and so many one backwards.
  private static let forwards = 2
  private static let backwards = 50

  /// Takes in the time of a line.
  mutating func note(_ told: Instant) {
    guard let present = instant else {
      instant = told
      return
    }
    let distance = told.seconds(since: present)
    guard abs(distance) > Self.far else {
      instant = max(present, told)
      isDoubtful = false
      stray = nil
      strays = 0
      return
    }
    strays = stray.map { abs(told.seconds(since: $0)) <= Self.far } == true ? strays + 1 : 1
    stray = told
    guard strays >= (distance > 0 || isDoubtful ? Self.forwards : Self.backwards) else { return }
    instant = told
    stray = nil
    strays = 0
    isDoubtful = false
  }
}
