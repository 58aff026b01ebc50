import Foundation
import Ingestion
import Model
import Testing

/// What a log looks like after somebody has pasted it somewhere.
@Suite struct PastedLogTests {
  private static let lines = [
    "2025-08-10 21:57:43,740 INFO: Got response from pg2 http://pg2:8008/patroni: \"ok\" <1>",
    "[21:57:44] WRITE ERROR: relation 'x' & y",
    "[WARNING]  (8) : Server primary/pg1 is DOWN",
    "Traceback (most recent call last):",
    "  File \"ha.py\", line 1, in run",
  ]

  struct Form: CustomTestStringConvertible {
    var name: String
    var change: @Sendable (String) -> String

    var testDescription: String { name }
  }

  private static let forms = [
    Form(name: "quoted") { "> " + $0 },
    Form(name: "quoted twice") { "> > " + $0 },
    Form(name: "indented") { "    " + $0 },
    Form(name: "indented by a tab") { "\t" + $0 },
    Form(name: "with no-break spaces") { $0.replacing(" ", with: "\u{A0}") },
    Form(name: "as HTML") {
      $0.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    },
    Form(name: "with typographic quotes") { $0.replacing("\"", with: "”").replacing("'", with: "’") },
  ]

  @Test(arguments: forms)
  func isReadAsItWas(form: Form) {
    let text = Self.lines.map(form.change).joined(separator: "\n") + "\n"
    #expect(ReadLine.read(text).map(\.payload) == Self.lines)
    #expect(ReadLine.read(Array(text.utf8), portions: [1]).map(\.payload) == Self.lines)
  }

  @Test func leavesALogAloneThatHoldsBothForms() {
    let text = "2025-08-10 21:57:43.740 UTC [1] LOG:  statement: SELECT '&lt;', '<', '“', '\"', 'a &amp; b'\n"
    #expect(ReadLine.read(text).map(\.payload) == [String(text.dropLast())])
  }

  @Test func readsUTF16() throws {
    let folder = try TemporaryFolder()
    for (name, encoding) in [("little", String.Encoding.utf16LittleEndian), ("big", .utf16BigEndian)] {
      let text = "\u{FEFF}2025-08-10 21:57:43,740 INFO: é 𝄞\r\nsecond\r\n"
      let data = try #require(text.data(using: encoding))
      let path = try folder.write("\(name).log", Array(data))
      var reader = LineReader(plan: InputPlan(paths: [path]))
      var payloads: [String] = []
      while let batch = reader.next() { payloads += ReadLine.lines(batch, reader.table).map(\.payload) }
      #expect(payloads == ["2025-08-10 21:57:43,740 INFO: é 𝄞", "second"])
      #expect(reader.diagnostics.isEmpty)
    }
  }

  @Test func joinsLinesThatATerminalHasBroken() {
    let lines = (10..<40).map { second in
      "2025-08-10 21:57:\(second),740 INFO: Got response from pg2 \(String(repeating: "x", count: second * 3)) end"
    }
    var broken: [String] = []
    for line in lines {
      var rest = Substring(line)
      while !rest.isEmpty {
        broken.append(String(rest.prefix(80)))
        rest = rest.dropFirst(80)
      }
    }
    let read = ReadLine.read(broken.joined(separator: "\n") + "\n")
    #expect(read.map(\.payload) == lines)
    #expect(read.last.map { $0.number <= broken.count } == true)
    #expect(ReadLine.read(Array((broken.joined(separator: "\n") + "\n").utf8), portions: [7]) == read)
  }

  @Test func joinsNothingWhereLinesOnlyHappenToBeEquallyLong() {
    let line = "2025-08-10 21:57:43,740 ERROR: Error communicating with DCS and some more words here"
    let text = (0..<6).flatMap { _ in [line, "Traceback (most recent call last):", "  File \"a.py\", line 1"] }
    #expect(ReadLine.read(text.joined(separator: "\n") + "\n").map(\.payload) == text)
  }

  @Test(arguments: ["pg1  | ", "", "INFO:"])
  func joinsNothingOfEquallyLongRecords(prefix: String) {
    let line = "\(prefix)no action. I am (pg1), the leader with the lock, and some more words to fill the line up"
    let lines = ReadLine.read(Array(repeating: line, count: 12).joined(separator: "\n") + "\n")
    #expect(lines.count == 12)
  }

  @Test func tellsThatAPagerHasCutLines() throws {
    let folder = try TemporaryFolder()
    let line = "Aug 10 21:57:43 pg2 patroni[812]: 2025-08-10 21:57:43,740 INFO: no action. I am (pg2), a seco>"
    let path = try folder.write("cut.log", Array(repeating: line, count: 5).joined(separator: "\n") + "\n")
    var reader = LineReader(plan: InputPlan(paths: [path]))
    while reader.next() != nil {}
    #expect(reader.diagnostics.map(\.reason).contains { $0.contains("cut off after \(line.count)") })
  }
}
