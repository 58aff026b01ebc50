import ArgumentParser
import Reporting

/// `failscope schema`: the JSON Schema of the report.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of 'analyze --format json'.",
    discussion: """
      Every report obeys it. Keys are only ever added to a version; instants are UTC, durations are seconds.

      EXAMPLE:
        failscope schema > report.schema.json
      """
  )

  func run() throws {
    try StandardOutput.write(ReportSchema.text)
  }
}
