import Model
import Parsing
import Testing

/// Where nothing happens, few looks at a clock are kept, and it is known that the source was not silent.
struct CalmReadingTests {
  private static let folding = RoutineFolding(count: 4, window: 45_000, allowance: 0, readings: 10)

  private func line(_ second: Int, _ text: String = "Lock is fine") -> (source: Int, text: String) {
    let civil = CivilTime(milliseconds: 1_754_863_000_000 + Int64(second) * 1000)
    return (0, "\(civil.dateText) \(civil.clockText),000 INFO: \(text)")
  }

  private func readings(_ lines: [(source: Int, text: String)], _ folding: RoutineFolding = folding) -> [ClockReading] {
    var classifier = Classifier(catalogue: Fixture.catalogue, folding: folding)
    var output = Classified()
    classifier.consume(Fixture.batch(lines), into: &output)
    classifier.finish(into: &output)
    return output.readings.sorted { $0.arrival < $1.arrival }
  }

  private func seconds(_ readings: [ClockReading]) -> [Int] {
    readings.map { Int((($0.stamp?.milliseconds ?? 0) - 1_754_863_000_000) / 1000) }
  }

  @Test func keepsFewOfASteadyClock() {
    let found = readings((0..<3600).map { line($0) })
    #expect(found.count < 250)
    // The last ones waited when the log ended.
    #expect(seconds(found).suffix(40) == Array(3560..<3600))
    let steps = zip(seconds(found), seconds(found).dropFirst()).map { $1 - $0 }
    #expect(steps.max() == 30)
  }

  @Test func saysThatTheSourceSpokeInBetween() {
    let found = readings((0..<600).map { line($0) })
    for (before, after) in zip(found, found.dropFirst()) {
      let step = ((after.stamp?.milliseconds ?? 0) - (before.stamp?.milliseconds ?? 0)) / 1000
      #expect(after.followsOthers == (step > 1))
    }
  }

  @Test func keepsAllAroundWhatHappens() {
    let lines = (0..<1200).map { $0 == 600 ? line($0, "Leader key released") : line($0) }
    let found = Set(seconds(readings(lines)))
    #expect(found.isSuperset(of: 557...645))
    #expect(!found.isSuperset(of: 500...540))
    #expect(!found.isSuperset(of: 660...700))
  }

  @Test func keepsBothEndsOfASilence() {
    let lines = ((0..<600).map { $0 } + (620..<1200)).map { line($0) }
    let found = readings(lines)
    #expect(Set(seconds(found)).isSuperset(of: [599, 620]))
    #expect(found.first { seconds([$0]) == [620] }?.followsOthers == false)
  }

  @Test func takesAPauseThatIsUsualForNoSilence() {
    let found = readings((0..<720).map { line($0 * 10) })
    #expect(found.count < 300)
  }

  @Test func keepsEverythingWhereNothingIsFolded() {
    #expect(readings((0..<600).map { line($0) }, .none).count == 600)
  }

  @Test func keepsReadingsAllAlongWhereNothingTellsWhatIsNear() {
    let folding = RoutineFolding(count: 4, window: 45_000, allowance: 0, readings: nil)
    let found = seconds(readings((0..<7200).map { line($0) }, folding))
    #expect(found.prefix(2000) == Array(0..<2000)[...])
    let steps = zip(found, found.dropFirst()).map { $1 - $0 }
    #expect(found.count < 6000)
    #expect((2..<5).contains(steps.max() ?? 0))
  }

  @Test func staysBoundedWhateverTheClockDoes() {
    var state: UInt64 = 7
    func random(_ limit: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % limit)
    }
    #expect(readings((0..<30_000).map { line($0 % 2 * 5) }).count < 2000)
    #expect(readings((0..<30_000).map { line($0 % 2 * 100_000) }).count < 15_000)
    #expect(readings((0..<30_000).map { _ in line(random(1_000_000)) }).count < 15_000)
  }
}
