/// The values of `inter`, `fall` and `rise` with which health checks give the transitions that a log shows.
struct CheckFit {
  /// From the moment at which checks failed to DOWN.
  struct Down {
    var seconds: Double
    var doubt: Double
    /// How long one failing check took, in seconds.
    var check: Double
  }

  /// From the moment at which checks could succeed to UP.
  struct Up {
    var seconds: Double
    var doubt: Double
  }

  /// One pause between checks, with the counts that fit it.
  private struct Candidate {
    var inter: Double
    var falls: [Int]
    var rises: [Int]
  }

  private static let counts = Array(1...10)
  /// Pauses of 0.1 to 30 s.
  private static let pauses = (1...300).map { Double($0) / 10 }

  private let candidates: [Candidate]
  private let hasDowns: Bool
  private let hasUps: Bool

  /// Fits transitions; `shortestInter` is what `inter` is at the least, in seconds.
  init(downs: [Down], ups: [Up], shortestInter: Double) {
    hasDowns = !downs.isEmpty
    hasUps = !ups.isEmpty
    guard hasDowns || hasUps else {
      candidates = []
      return
    }
    candidates = Self.pauses.compactMap { inter in
      guard inter >= shortestInter else { return nil }
      let falls = Self.counts.filter { fall in downs.allSatisfy { Self.fits($0, inter: inter, fall: fall) } }
      let rises = Self.counts.filter { rise in ups.allSatisfy { Self.fits($0, inter: inter, rise: rise) } }
      return falls.isEmpty || rises.isEmpty ? nil : Candidate(inter: inter, falls: falls, rises: rises)
    }
  }

  private static func fits(_ down: Down, inter: Double, fall: Int) -> Bool {
    let least = Double(fall) * down.check + Double(fall - 1) * inter
    return down.seconds + down.doubt >= least && down.seconds - down.doubt <= least + inter
  }

  private static func fits(_ up: Up, inter: Double, rise: Int) -> Bool {
    let least = Double(rise - 1) * inter
    return up.seconds + up.doubt >= least && up.seconds - up.doubt <= least + inter
  }

  /// The pauses that fit, with the counts given if they are; nil if none does, or nothing tells.
  func inter(fall: Int?, rise: Int?) -> ClosedRange<Double>? {
    guard hasDowns || hasUps else { return nil }
    let fitting = candidates.filter { candidate in
      (fall.map { candidate.falls.contains($0) } ?? true) && (rise.map { candidate.rises.contains($0) } ?? true)
    }.map(\.inter)
    guard let least = fitting.min(), let most = fitting.max() else { return nil }
    return least...most
  }

  /// The counts of failed checks that fit a pause; nil if the log shows no server go down for a known reason.
  func falls(inter: Double) -> ClosedRange<Int>? { hasDowns ? range(nearest(inter)?.falls) : nil }

  /// The counts of good checks that fit a pause; nil if the log shows no server come up for a known reason.
  func rises(inter: Double) -> ClosedRange<Int>? { hasUps ? range(nearest(inter)?.rises) : nil }

  var falls: ClosedRange<Int>? { hasDowns ? range(candidates.flatMap(\.falls)) : nil }
  var rises: ClosedRange<Int>? { hasUps ? range(candidates.flatMap(\.rises)) : nil }

  private func nearest(_ inter: Double) -> Candidate? {
    candidates.min { abs($0.inter - inter) < abs($1.inter - inter) }
  }

  private func range(_ counts: [Int]?) -> ClosedRange<Int>? {
    guard let least = counts?.min(), let most = counts?.max() else { return nil }
    return least...most
  }
}
