import Ingestion
import Model
import Testing

/// Bytes that nobody should send: nothing may crash, hang or grow without bound.
@Suite struct HostileInputTests {
  @Test(.timeLimit(.minutes(1)))
  func randomBytes() {
    var state: UInt64 = 42
    let alphabet = Array("\n\r\u{1B}[]{}\"\\|: <>@=+-0123456789TZ.,_/abcApg\u{0}é".utf8)
    for _ in 0..<60 {
      var bytes: [UInt8] = []
      for _ in 0..<3000 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      let whole = ReadLine.read(bytes)
      #expect(ReadLine.read(bytes, portions: [13]) == whole)
    }
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "[pod/", "{\"log\":\"", "{\"a\":{", "<134>1 ", "<134>1 - h a - - [", "2025-08-10T21:57:43.", "@4000", "==> ",
      "+ a › ",
      "Aug 10 21:57:43 ", "Sun 2025-08-10 21:57:43 ", "999999999999999.1 ", "\u{1B}[", "\u{1B}]", "{\"MESSAGE\":[9,",
      "2025-08-10T21:57:43.742913446Z stdout ", "9999-99-99T99:99:99Z ", "{\"log\":\"\\u", "a.log:", "\u{1B}",
    ]
  )
  func cutOffAndRepeated(start: String) {
    #expect(ReadLine.read(start).count <= 1)
    let long = String(repeating: start, count: 20_000)
    #expect(ReadLine.read(long).count <= 1)
  }

  @Test(.timeLimit(.minutes(1)))
  func endlessNames() {
    var text = ""
    for index in 0..<20_000 { text += "name\(index) | 2025-08-10 21:57:21,333 INFO: x\n" }
    let lines = ReadLine.read(text)
    #expect(lines.count == 20_000)
    #expect(Set(lines.map(\.source)).count <= 4097)
  }

  @Test func invalidTextPassesThrough() {
    var table = SourceTable()
    var scanner = InputScanner(input: .standardInput)
    let batch = scanner.feed([0xFF, 0xC3, 0x28, 0x0A], into: &table) ?? scanner.finish(into: &table)
    #expect(batch.map { Array($0.bytes[..<3]) } == [0xFF, 0xC3, 0x28])
    #expect(batch?.lines.map(\.length) == [3])
  }

  @Test func byteOrderMarkAndCarriageReturns() {
    let lines = ReadLine.read("\u{FEFF}pg1  | [21:57:54] x\r\n\r\npg1  | y\r\r\n")
    #expect(lines.map(\.payload) == ["[21:57:54] x", "", "y"])
    #expect(lines.map(\.source) == ["pg1", "stdin", "pg1"])
  }
}
