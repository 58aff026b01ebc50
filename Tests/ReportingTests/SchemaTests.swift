import Contract
import Foundation
import Testing

@testable import Reporting

@Suite("The schema of the report")
struct SchemaTests {
  @Test func hasExactlyTheKeysThatTheEncoderWrites() throws {
    let value = try JSONValue(encoding: Report.failover)
    var walk = SchemaWalk(root: ReportSchema.value)
    walk.visit(value, ReportSchema.value, path: "report")
    #expect(walk.problems.isEmpty, "\(walk.problems.joined(separator: "; "))")
    let unseen = walk.definitions.subtracting(walk.visited)
    #expect(unseen.isEmpty, "the sample has no \(unseen.sorted())")
  }

  @Test func everyObjectIsClosedAndComplete() {
    var walk = SchemaWalk(root: ReportSchema.value)
    walk.audit(ReportSchema.value, path: "schema")
    #expect(walk.problems.isEmpty, "\(walk.problems.joined(separator: "; "))")
  }

  @Test func findsAStrangeKeyAndAWrongWord() throws {
    let text = try json(.failover)
      .replacing("\"verdict\": {", with: "\"verdict\": {\n    \"extra\": 1,")
      .replacing("\"kind\": \"failover\"", with: "\"kind\": \"fail_over\"")
    let value = try JSONValue(parsing: text)
    var walk = SchemaWalk(root: ReportSchema.value)
    walk.visit(value, ReportSchema.value, path: "report")
    #expect(walk.problems.count == 2, "\(walk.problems)")
  }

  @Test func validatesTheSampleWithAnIndependentValidator() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("failscope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["schema": ReportSchema.text, "report": try json(.failover), "quiet": try json(.quiet)]
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name + ".json")) }
    let script = """
      import json, sys
      try:
        import jsonschema
      except ImportError:
        sys.exit(77)
      load = lambda name: json.load(open(sys.argv[1] + "/" + name + ".json"))
      schema = load("schema")
      jsonschema.Draft202012Validator.check_schema(schema)
      for name in ("report", "quiet"):
        jsonschema.Draft202012Validator(schema).validate(load(name))
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, folder.path]
    try process.run()
    process.waitUntilExit()
    // 77: no jsonschema; 127: no python3. The checks above cover the keys then.
    #expect([0, 77, 127].contains(process.terminationStatus))
  }
}
