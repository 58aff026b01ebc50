import Contract
import Foundation
import Testing

@testable import Reporting

@Suite("Hostile text in every string of the report")
struct HostileTests {
  @Test(arguments: HostileText.all.indices, [40, 80, 120])
  func theTerminalGetsTextOnly(_ index: Int, _ width: Int) throws {
    let report = try #require(HostileText.reports[safe: index])
    for options in [TerminalOptions(width: width), TerminalOptions(width: width, ascii: true)] {
      let text = terminal(report, options: options)
      let unsafe = text.unicodeScalars.first { $0 != "\n" && VisibleText.isUnsafe($0) }
      #expect(unsafe == nil, "U+\(unsafe.map { String($0.value, radix: 16) } ?? "") reached the terminal")
      let command = VisibleText(HostileText.all[index]).text
      let wide = text.split(separator: "\n").first { DisplayWidth.of($0) > width && !$0.hasSuffix(command) }
      #expect(wide == nil, "\(wide?.prefix(200) ?? "")")
    }
  }

  @Test(arguments: HostileText.all.indices)
  func colorIsOursAlone(_ index: Int) throws {
    let report = try #require(HostileText.reports[safe: index])
    let text = terminal(report, options: TerminalOptions(color: true))
    let without = text.replacing(#/\e\[(0|1|2|1;31|33|32|1;36)m/#, with: "")
    #expect(!without.contains("\u{1b}"))
  }

  @Test func aForgedLineStaysInItsLine() throws {
    let text = terminal(try HostileText.report(with: "x\nforged\rforged\u{2028}forged"))
    #expect(!text.split(whereSeparator: \.isNewline).contains { $0.hasPrefix("forged") })
  }

  @Test(arguments: HostileText.all.indices)
  func jsonIsValidAndHarmless(_ index: Int) throws {
    let report = try #require(HostileText.reports[safe: index])
    let text = try json(report)
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !VisibleText.isUnsafe($0) })
    #expect(try JSONDecoder().decode(Report.self, from: Data(text.utf8)) == report)
  }

  @Test(arguments: HostileText.all.indices)
  func markdownIsShortAndHarmless(_ index: Int) throws {
    let text = markdown(try #require(HostileText.reports[safe: index]))
    #expect(text.utf8.count < 60_000)
    var ticket = TicketReader(text)
    ticket.read()
    #expect(ticket.problems.isEmpty, "\(ticket.problems.prefix(5).joined(separator: "\n"))")
  }

  @Test func manyLongIncidentsFitIntoATicket() throws {
    var report = try HostileText.report(with: String(repeating: "<|`*$@#", count: 200))
    report.incidents = Array(repeating: report.incidents[0], count: 200)
    let text = markdown(report)
    #expect(text.utf8.count < 60_000)
    #expect(text.contains("left out for length"))
    #expect(text.contains("Impact on business"))
  }

  @Test(.timeLimit(.minutes(1)))
  func aLineOfMegabytesCostsLittle() throws {
    var report = Report.failover
    let long = String(repeating: "0123456789 \u{1b}", count: 200_000)
    report.incidents[0].findings[0].evidence[0].text = long
    report.incidents[0].impact.errors[0].text = long
    report.incidents[0].summary = long
    #expect(terminal(report).utf8.count < 100_000)
    #expect(markdown(report).utf8.count < 60_000)
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
