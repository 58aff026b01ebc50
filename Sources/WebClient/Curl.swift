import Subprocess

/// The program `curl`, which makes our requests.
///
/// Everything that it is told goes through its standard input: no URL, header or key is seen in a list of processes. It
/// brings TLS with the machine's certificates and time-outs, and a server that hangs holds up a process of its own.
package enum Curl {
  /// How a run ended.
  package struct End: Sendable {
    /// The exit status of curl's manual; that of a shell, 128 and the number, after a signal.
    package var status: Int
    package var output: String
    package var errors: String
  }

  /// Whether there is a curl to run.
  package static func isAvailable() async -> Bool {
    (try? await Executable.name("curl").resolveExecutablePath(in: .inherit)) != nil
  }

  /// Runs curl.
  ///
  /// - Parameters:
  ///   - configuration: the lines of a configuration file.
  ///   - limit: how many bytes of its output, and of its errors, are taken.
  ///   - readsUserFile: whether the user's `.curlrc` has a say.
  ///   - folder: where temporary files may be made.
  /// - Returns: how it ended, and what it said.
  /// - Throws: if curl cannot be run, or says more than the limit.
  package static func run(
    _ configuration: String,
    limit: Int,
    readsUserFile: Bool = true,
    folder: String = "/tmp"
  ) async throws -> End {
    let instructions = try NamelessFile.holding(configuration, in: folder)
    let result = try await Subprocess.run(
      .name("curl"),
      arguments: Arguments((readsUserFile ? [] : ["--disable"]) + ["--config", "-"]),
      input: .fileDescriptor(instructions, closeAfterSpawningProcess: true),
      output: .string(limit: limit),
      error: .string(limit: limit)
    )
    let status =
      switch result.terminationStatus {
      case .exited(let code): Int(code)
      case .signaled(let signal): 128 + Int(signal)
      }
    return End(status: status, output: result.standardOutput, errors: result.standardError)
  }

  /// A value between quotes, as curl's manual describes it under `--config`.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(character)
      }
    }
    return result + "\""
  }
}
