import Parsing
import Testing

/// Lines that no parser knows and that report an error are counted and kept.
struct AlarmingWordTests {
  @Test(arguments: [
    "2018-04-05 05:03:50,511 - ERROR - get_cluster",
    "time=\"2021-02-16T09:07:46Z\" level=error msg=\"could not sync\"",
    "FATAL something happened",
  ])
  func areKept(line: String) {
    let tally = Fixture.classified(["an unknown line", line]).tally
    #expect(tally.unrecognizedErrors == 1)
    #expect(tally.samples.map(\.line) == [2])
    #expect(tally.samples.map(\.text) == [line])
  }

  @Test(arguments: ["no TERRORS here", "\tERROR in a further line", "level=errors", "an error in small letters"])
  func areNotSeenInOtherWords(line: String) {
    #expect(Fixture.classified([line]).tally.unrecognizedErrors == 0)
  }

  @Test func aFurtherLineOfAKnownRecordIsNoError() {
    let lines = ["2025-08-10 21:57:43,740 INFO: Leader key released", "ERROR in its traceback"]
    #expect(Fixture.classified(lines).tally.unrecognizedErrors == 0)
  }
}
