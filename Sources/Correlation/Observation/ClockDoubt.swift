import Clocks
import Contract
import Model

extension Observations {
  /// How far the clocks of two lines may be apart although their times are corrected, in seconds.
  ///
  /// Within one input the order of arrival ties the clocks together. Between files only what one line proves of
  /// another does; where nothing bounds a clock it is taken to be right within seconds, as clocks that are kept are.
  package func clockDoubt(between one: Occurrence, _ other: Occurrence) -> Double {
    guard one.source != other.source, input(of: one.source) != input(of: other.source) else { return 0 }
    return max(clockDoubt(of: one.source), clockDoubt(of: other.source))
  }

  private func clockDoubt(of source: SourceID) -> Double {
    guard let clock = clock(of: source) else { return 0 }
    guard let offset = clock.offset, let lower = clock.lower, let upper = clock.upper else { return Self.usualDoubt }
    return min(Self.mostDoubt, max(offset - lower, upper - offset))
  }

  private func input(of source: SourceID) -> Int {
    source.index < sources.count ? sources[source.index].input : -1
  }

  /// What is doubted of a clock that nothing bounds, in seconds.
  private static let usualDoubt = 2.0
  /// A clock that nothing shows to be off is not doubted by more, in seconds.
  private static let mostDoubt = 10.0
}
