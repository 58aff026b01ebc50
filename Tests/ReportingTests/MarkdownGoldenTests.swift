import Contract
import Testing

@testable import Reporting

@Suite("The Markdown report as a ticket")
struct MarkdownGoldenTests {
  @Test func failover() {
    GoldenFile.expect(markdown(.failover), is: "ticket.md")
  }
}
