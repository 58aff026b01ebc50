import Foundation
import TestSupport
import Testing

@Suite("On a terminal")
struct TerminalTests {
  private static let escape = "\u{1b}"

  /// Runs the program with its standard output on a terminal; standard error, too, if `hasErrors`.
  private func onTerminal(
    _ line: String,
    columns: UInt16 = 80,
    environment: [String: String] = ["TERM": "xterm-256color"],
    hasErrors: Bool = false
  ) throws -> (status: Int32, text: String) {
    let scratch = try ScratchDirectory()
    let arguments = line.split(separator: " ").map(String.init)
    var terminal = try PseudoTerminal(columns: columns)
    let process = try BuiltProgram(arguments, environment: environment).process(scratch: scratch.url)
    process.standardInput = terminal.handle
    process.standardOutput = terminal.handle
    process.standardError = hasErrors ? terminal.handle : FileHandle.nullDevice
    try process.run()
    let text = terminal.readToEnd()
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  @Test("without arguments, a short help")
  func shortHelp() throws {
    let outcome = try onTerminal("")
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("docker compose logs"))
    #expect(outcome.text.split(separator: "\n").count < 12)
  }

  @Test("analyze without a file asks for one")
  func nothingToRead() throws {
    let outcome = try onTerminal("analyze", hasErrors: true)
    #expect(outcome.status == 64)
    #expect(outcome.text == "failscope: there is nothing to read: name log files, or pipe a log into failscope.\n")
  }

  struct ColorCase: CustomTestStringConvertible {
    var options = ""
    var environment: [String: String]
    var isColored: Bool
    var testDescription: String { "\(options) \(environment)" }
  }

  static let colorCases: [ColorCase] = [
    ColorCase(environment: ["TERM": "xterm"], isColored: true),
    ColorCase(environment: [:], isColored: true),
    ColorCase(environment: ["TERM": "dumb"], isColored: false),
    ColorCase(environment: ["TERM": "xterm", "NO_COLOR": "1"], isColored: false),
    ColorCase(environment: ["TERM": "xterm", "NO_COLOR": ""], isColored: true),
    ColorCase(options: "--color never", environment: ["TERM": "xterm"], isColored: false),
    ColorCase(options: "--color always", environment: ["NO_COLOR": "1"], isColored: true),
  ]

  @Test(arguments: colorCases)
  func color(_ example: ColorCase) throws {
    let outcome = try onTerminal("analyze \(failover) \(example.options)", environment: example.environment)
    #expect(outcome.text.contains(Self.escape) == example.isColored)
  }

  @Test("no colour where the report does not go to a terminal, unless it is asked for")
  func colorInPipe() throws {
    #expect(try !failscope("analyze \(failover)").output.contains(Self.escape))
    #expect(try failscope("analyze \(failover) --color always").output.contains(Self.escape))
  }

  @Test("the terminal's width is used", arguments: [60, 80, 132] as [UInt16])
  func width(columns: UInt16) throws {
    let terminal = try onTerminal("analyze \(failover) --color never", columns: columns)
    let pipe = try failscope("analyze \(failover) --width \(columns)")
    #expect(terminal.text == pipe.output)
  }

  @Test("COLUMNS is used where there is no terminal; what is no width is not", arguments: ["100", "0", "wide"])
  func columnsVariable(value: String) throws {
    let outcome = try failscope("analyze \(failover)", environment: ["COLUMNS": value])
    #expect(try outcome.output == failscope("analyze \(failover) --width \(value == "100" ? 100 : 80)").output)
  }

  @Test("--ascii keeps to ASCII")
  func ascii() throws {
    let outcome = try failscope("analyze \(failover) --ascii")
    #expect(outcome.status == 0)
    #expect(outcome.output.unicodeScalars.allSatisfy { $0.isASCII })
  }

  @Test("a long reading shows progress on the terminal and takes it away again")
  func progress() throws {
    let scratch = try ScratchDirectory()
    var terminal = try PseudoTerminal()
    let process = try BuiltProgram(["analyze"], environment: ["TERM": "xterm"]).process(scratch: scratch.url)
    let pipe = Pipe()
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    process.standardError = terminal.handle
    try process.run()
    let log = try Data(contentsOf: Repository.root.appendingPathComponent(failover))
    try pipe.fileHandleForWriting.write(contentsOf: log)
    Thread.sleep(forTimeInterval: 0.8)
    for _ in 0..<40 { try pipe.fileHandleForWriting.write(contentsOf: log) }
    try pipe.fileHandleForWriting.close()
    let text = terminal.readToEnd()
    process.waitUntilExit()
    #expect(text.contains("reading: 0."))
    #expect(text.hasSuffix("\r\u{1b}[K"))
  }
}
