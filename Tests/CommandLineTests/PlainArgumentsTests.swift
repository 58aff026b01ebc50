import TestSupport
import Testing

@Suite("Arguments that are read without ArgumentParser")
struct PlainArgumentsTests {
  static let lines = [
    "analyze \(failover)", "analyze --threads 1 \(failover)", "analyze \(failover) --format json",
    "analyze --format html --threads 2 \(failover) samples/healthy", "analyze samples/healthy --format markdown",
    "analyze", "analyze no/such.log", "analyze -", "analyze analyze", "analyze tail", failover,
    "samples/healthy \(failover)",
  ]

  // A value behind `=` and an option that changes nothing are left to ArgumentParser.
  @Test("mean what ArgumentParser takes them for", arguments: lines)
  func equivalence(line: String) throws {
    let plain = try failscope(line)
    let named = line.hasPrefix("analyze") ? line : "analyze " + line
    let joined = named.replacing("--format ", with: "--format=").replacing("--threads ", with: "--threads=")
    let parsed = try failscope(joined + " --color=auto")
    #expect(plain.status == parsed.status)
    #expect(plain.output == parsed.output)
    #expect(plain.errors == parsed.errors)
  }

  @Test(
    "are left to ArgumentParser where they are mistaken",
    arguments: [
      "analyze --threads", "analyze --threads 3", "analyze --threads 1 --threads", "analyze --format docx",
      "analyze --output --threads 1", "analyze --frmat json",
    ]
  )
  func mistakes(line: String) throws {
    let outcome = try failscope(line)
    #expect(outcome.status == 64)
    #expect(outcome.hasOneComplaint)
    #expect(outcome.errors.hasSuffix("Run 'failscope analyze --help' to see how it is used.\n"))
  }

  @Test("are no request for help", arguments: ["help", "analyze --help", "help analyze", "tail --help"])
  func help(line: String) throws {
    let outcome = try failscope(line)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("USAGE: failscope"))
  }

  @Test("the last of an option that is repeated counts")
  func repetition() throws {
    let outcome = try failscope("analyze samples/healthy --format json --format csv")
    #expect(try outcome.output == failscope("analyze samples/healthy --format csv").output)
  }
}
