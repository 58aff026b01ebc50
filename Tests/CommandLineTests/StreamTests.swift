import Foundation
import TestSupport
import Testing

@Suite("Where input comes from and output goes to")
struct StreamTests {
  @Test("a pipe, a dash and a file are read alike", arguments: ["", "-", "analyze", "analyze -"])
  func standardInput(line: String) throws {
    let piped = try failscope(line, input: .file(Repository.root.appendingPathComponent(failover).path))
    let file = try failscope("analyze \(failover)")
    #expect(piped.status == 0)
    #expect(piped.output.replacing("stdin:", with: "compose:") == file.output)
  }

  @Test("options without a command are those of analyze")
  func defaultCommand() throws {
    let outcome = try failscope("--format json \(failover)")
    #expect(outcome.output.hasPrefix("{\n  \"schema\": \"failscope.report/1\""))
  }

  @Test("--output writes the same bytes to a file, and leaves nothing else behind")
  func outputFile() throws {
    let scratch = try ScratchDirectory()
    let path = scratch.path("report.md")
    let written = try failscope(["analyze", failover, "--format", "markdown", "--output", path])
    #expect(written.status == 0)
    #expect(written.output.isEmpty)
    let printed = try failscope("analyze \(failover) --format markdown")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == printed.output)
    #expect(try scratch.names() == ["report.md"])
  }

  @Test("--output keeps the permissions of a file and follows a symbolic link")
  func outputReplaces() throws {
    let scratch = try ScratchDirectory()
    let target = try scratch.write("old", to: "target")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: target)
    try FileManager.default.createSymbolicLink(atPath: scratch.path("link"), withDestinationPath: "target")
    #expect(try failscope(["analyze", failover, "--output", scratch.path("link")]).status == 0)
    #expect(try String(contentsOfFile: target, encoding: .utf8).contains("pg2"))
    #expect(try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int == 0o640)
    #expect(try scratch.names() == ["link", "target"])
  }

  @Test("--output to a device writes to the device")
  func outputDevice() throws {
    #expect(try failscope("analyze \(failover) --output /dev/null").status == 0)
    let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/null")
    #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
  }

  @Test("a file that cannot be written is told, with status 1")
  func outputFails() throws {
    let outcome = try failscope("analyze \(failover) --output /no/such/directory/report")
    #expect(outcome.status == 1)
    #expect(outcome.hasOneComplaint)
    #expect(outcome.errors.contains("no such file or directory"))
  }

  @Test("a full disk behind standard output is told, with status 1")
  func fullDisk() throws {
    let scratch = try ScratchDirectory()
    let process = try BuiltProgram(["analyze", failover]).process(scratch: scratch.url)
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
  }

  @Test(
    "a reader that has gone is no error",
    arguments: ["analyze \(failover)", "events \(failover)", "--help", "schema", "explain", "parsers list"]
  )
  func closedPipe(line: String) throws {
    let (status, errors) = try runIntoClosedPipe(line)
    #expect(status == 0)
    #expect(errors.isEmpty)
  }

  @Test("--fail-on is answered even if the reader has gone")
  func closedPipeWithThreshold() throws {
    #expect(try runIntoClosedPipe("analyze \(failover) --fail-on incident").status == 2)
  }

  private func runIntoClosedPipe(_ line: String) throws -> (status: Int32, errors: String) {
    let scratch = try ScratchDirectory()
    let errors = try scratch.write("", to: "errors")
    let process = try BuiltProgram(line.split(separator: " ").map(String.init)).process(scratch: scratch.url)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    try pipe.fileHandleForReading.close()
    try process.run()
    process.waitUntilExit()
    let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return (status, try String(contentsOfFile: errors, encoding: .utf8))
  }
}
