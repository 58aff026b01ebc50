import Contract
import Testing

@testable import Reporting

@Suite("The terminal report as a person sees it")
struct TerminalGoldenTests {
  @Test(arguments: [40, 80, 120])
  func atWidth(_ width: Int) {
    GoldenFile.expect(terminal(.failover, options: TerminalOptions(width: width)), is: "terminal-\(width).txt")
  }

  @Test func inColor() {
    GoldenFile.expect(terminal(.failover, options: TerminalOptions(color: true)), is: "terminal-80-color.txt")
  }

  @Test func quiet() {
    GoldenFile.expect(terminal(.quiet), is: "terminal-80-quiet.txt")
  }

  @Test func severalIncidents() {
    GoldenFile.expect(terminal(.threeIncidents), is: "terminal-80-several.txt")
  }

  @Test func inASCII() {
    GoldenFile.expect(terminal(.failover, options: TerminalOptions(ascii: true)), is: "terminal-80-ascii.txt")
  }
}
