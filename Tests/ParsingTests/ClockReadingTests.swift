import Model
import Parsing
import Testing

struct ClockReadingTests {
  private func line(_ milliseconds: Int) -> String {
    let civil = CivilTime(milliseconds: 1_754_863_000_000 + Int64(milliseconds))
    return "\(civil.dateText) \(civil.clockText),\(CivilTime.padded(civil.millisecond, 3)) INFO: Lock is fine"
  }

  private func readings(_ lines: [(source: Int, text: String)]) -> [ClockReading] {
    var classifier = Classifier(catalogue: Fixture.catalogue)
    var output = Classified()
    classifier.consume(Fixture.batch(lines), into: &output)
    return output.readings
  }

  @Test func keepsOneASecond() {
    let found = readings((0..<100).map { (0, line($0 * 100)) })
    #expect(found.map(\.line) == stride(from: 1, through: 91, by: 10).map { $0 })
  }

  @Test func keepsMoreWhereSourcesAlternate() {
    let found = readings((0..<40).map { ($0 % 2, line($0 * 50)) })
    #expect(found.filter { $0.source == SourceID(0) }.map(\.line) == [1, 5, 9, 13, 17, 21, 25, 29, 33, 37])
  }

  @Test func keepsBothEdgesOfAGap() {
    let found = readings([0, 500, 900, 9000, 9100].map { (0, line($0)) })
    #expect(found.map(\.line) == [1, 3, 4])
  }

  @Test func looksAtZonedClocksApart() {
    let lines = (0..<50).flatMap { number in
      [line(number * 10), "2025-08-10 21:56:40.\(100 + number) CEST LOG:  ready"]
    }
    #expect(readings(lines.map { (0, $0) }).count == 2)
  }

  @Test func staysBoundedWhateverTheClockDoes() {
    let found = readings((0..<30_000).map { (0, line($0 % 2 * 5000)) })
    #expect(found.count < 25_000)
  }

  @Test func tellsFirstAndLastLine() {
    let output = Fixture.classified(["no time", line(0), line(10), "no time"])
    #expect(output.tally.first?.line == 2)
    #expect(output.tally.last?.line == 3)
    #expect(Fixture.classified(["no time", "none"]).tally.first?.line == 1)
  }
}
