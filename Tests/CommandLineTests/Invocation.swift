import Foundation
import TestSupport
import Testing

/// Runs `failscope` with the words of `line`, split at blanks.
func failscope(
  _ line: String,
  input: BuiltProgram.Input = .nothing,
  environment: [String: String] = [:]
) throws -> BuiltProgram.Outcome {
  try failscope(line.split(separator: " ").map(String.init), input: input, environment: environment)
}

/// Runs `failscope` with exactly these arguments.
func failscope(
  _ arguments: [String],
  input: BuiltProgram.Input = .nothing,
  environment: [String: String] = [:]
) throws -> BuiltProgram.Outcome {
  try BuiltProgram(arguments, input: input, environment: environment).run()
}

/// The recorded failover, by its path from the top of the repository, where the program is run.
let failover = "samples/seed-failover/compose.log"

extension BuiltProgram.Outcome {
  /// Whether standard error is one line that begins with the program's name.
  var hasOneComplaint: Bool {
    errors.hasPrefix("failscope: ") && errors.hasSuffix("\n") && errors.count { $0 == "\n" } == 1
  }

  /// Whether any of the two streams has a byte that a terminal would act on.
  var hasControls: Bool {
    (output + errors).unicodeScalars.contains { $0 != "\n" && ($0.value < 0x20 || (0x7F...0x9F).contains($0.value)) }
  }
}
