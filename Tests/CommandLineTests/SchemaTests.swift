import Foundation
import TestSupport
import Testing

/// A validator that is not ours.
private enum Validator {
  /// Python, if it has one.
  static let python: URL? = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import jsonschema"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? process.executableURL : nil
  }()
}

@Suite("Every report obeys the schema", .enabled(if: Validator.python != nil, "python3 with jsonschema is missing"))
struct SchemaTests {
  static let inputs: [[String]] =
    Sample.allCases.map { ["samples/\($0.rawValue)"] } + [
      ["-"],
      ["samples/seed-failover", "samples/switchover"],
      ["samples/seed-failover", "--since", "2025-08-10T21:57:40Z", "--until", "2025-08-10T21:57:50Z"],
      ["samples/seed-failover", "--since", "2030-01-01"],
      ["samples/postmaster-killed", "--timezone", "America/New_York", "--quiet-period", "0"],
      [
        "samples/seed-failover", "samples/paused-cluster", "--what-if",
        "patroni.ttl=15,haproxy.inter=1s,client.retry_interval=1",
      ],
      ["Package.swift"],
    ]

  @Test(arguments: inputs)
  func report(arguments: [String]) throws {
    let scratch = try ScratchDirectory()
    let schema = try scratch.write(try failscope("schema").output, to: "schema.json")
    let outcome = try failscope(["analyze", "--format", "json"] + arguments)
    let report = try scratch.write(outcome.output, to: "report.json")
    #expect(try mistakes(report: report, schema: schema) == "")
  }

  @Test("the validator would notice a mistake")
  func canary() throws {
    let scratch = try ScratchDirectory()
    let schema = try scratch.write(try failscope("schema").output, to: "schema.json")
    let text = try failscope("analyze --format json \(failover)").output
    let report = try scratch.write(text.replacing("\"verdict\"", with: "\"judgement\""), to: "report.json")
    #expect(try mistakes(report: report, schema: schema).contains("verdict"))
  }

  /// What a validator that is not ours finds wrong, one mistake a line.
  private func mistakes(report: String, schema: String) throws -> String {
    let script = Repository.root.appendingPathComponent("scripts/validate-report")
    let process = Process()
    process.executableURL = Validator.python
    process.arguments = ["python3", script.path, schema, report]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
  }
}
