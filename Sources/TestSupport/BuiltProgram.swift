package import Foundation

/// Runs the `failscope` that was built together with the tests.
package struct BuiltProgram {
  /// What came of a run.
  package struct Outcome: Sendable {
    package var status: Int32
    package var output: String
    package var errors: String
  }

  /// What a run reads on standard input.
  package enum Input {
    case nothing
    case text(String)
    case file(String)
  }

  package var arguments: [String]
  package var input = Input.nothing
  /// Variables in addition to a bare environment in which nothing is configured.
  package var environment: [String: String] = [:]
  package var directory = Repository.root

  package init(_ arguments: [String], input: Input = .nothing, environment: [String: String] = [:]) {
    self.arguments = arguments
    self.input = input
    self.environment = environment
  }

  /// The products directory: the test program is in it.
  package static let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("failscope")

  /// Runs the program to its end.
  package func run() throws -> Outcome {
    let scratch = try ScratchDirectory()
    let output = try scratch.write("", to: "output")
    let errors = try scratch.write("", to: "errors")
    let process = try process(scratch: scratch.url)
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: try Self.text(of: output),
      errors: try Self.text(of: errors)
    )
  }

  /// A process that is not yet started, with its input and environment; `scratch` is its home.
  package func process(scratch: URL) throws -> Process {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = ["HOME": scratch.path, "PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    switch input {
    case .nothing: process.standardInput = FileHandle.nullDevice
    case .file(let path): process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    case .text(let text):
      let file = scratch.appendingPathComponent("input")
      try Data(text.utf8).write(to: file)
      process.standardInput = try FileHandle(forReadingFrom: file)
    }
    return process
  }

  private static func text(of path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }
}
