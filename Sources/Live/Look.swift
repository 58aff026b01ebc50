import Analyzer
import Clocks
import Contract
import Model
import Parsing

/// A look at everything that is held: a pure value, so that it can be taken beside the reading of lines.
package struct Look: Sendable {
  private let maker: ReportMaker
  private let gathering: Gathering
  private let generations: [Int]

  init(maker: ReportMaker, folds: [InputFold]) {
    self.maker = maker
    gathering = Gathering(folds)
    generations = folds.map(\.generation)
  }

  /// What a look has shown.
  package struct Outcome: Sendable {
    let result: AnalysisResult
    /// How long it took, in seconds.
    let duration: Double
    fileprivate let generations: [Int]
    fileprivate let places: [[Int?]]

    /// Where an input's events stand among those of the result, at their indices; nil for events that were left out, and
    /// for the whole input if its events were counted anew meanwhile.
    func places(ofInput input: Int, generation: Int) -> [Int?]? {
      guard generations.indices.contains(input), generations[input] == generation else { return nil }
      return places[input]
    }

    /// How many events were looked at.
    var lookedAt: Int { places.reduce(0) { $0 + $1.count } }
  }

  /// Works out the report.
  package func run() -> Outcome {
    let start = ContinuousClock.now
    let result = maker.result(of: gathering.material)
    let places = places(result)
    let took = (ContinuousClock.now - start) / .seconds(1)
    return Outcome(result: result, duration: took, generations: generations, places: places)
  }

  /// For each input the places in time of its events; the events of one line share theirs.
  private func places(_ result: AnalysisResult) -> [[Int?]] {
    let byArrival = Dictionary(
      result.events.enumerated().map { ($1.event.arrival, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let events = gathering.material.classified.events
    let ends = gathering.firstEvents.dropFirst() + [events.count]
    return zip(gathering.firstEvents, ends).map { first, end in
      events[first..<end].map { byArrival[$0.arrival] }
    }
  }
}
