import ArgumentParser
import Reporting

/// Runs the command that the arguments name and turns every outcome into an exit status.
@main
enum Program {
  static func main() {
    System.ignoreBrokenPipes()
    let arguments = Array(CommandLine.arguments.dropFirst())
    ArgumentMask.apply()
    System.exit(run(arguments))
  }

  /// Runs one command line.
  private static func run(_ arguments: [String]) -> ExitStatus {
    do {
      if arguments.isEmpty, System.isTerminal(System.standardInput) {
        try StandardOutput.write(Failscope.shortHelp)
        return .done
      }
      if arguments == ["--version"] {
        try StandardOutput.write(Version.current + "\n")
        return .done
      }
      var command = try command(arguments)
      try command.run()
      return .done
    } catch {
      return status(of: error, arguments: arguments)
    }
  }

  /// The command that the arguments ask for.
  ///
  /// A command that is named is asked alone at first: to lay out all of them takes longer than a small report. What it
  /// does not understand (help, a mistake) is answered by the whole. Nor is anything laid out for a plain analysis.
  private static func command(_ arguments: [String]) throws -> any ParsableCommand {
    let named = Array(arguments.dropFirst())
    if arguments.first == "analyze", let command = AnalyzeCommand(plain: named) { return command }
    for type in Failscope.configuration.subcommands where type.configuration.commandName == arguments.first {
      let command = try? type.parseAsRoot(named)
      if let command, Swift.type(of: command) == type { return command }
    }
    return try unnamed(arguments) ?? Failscope.parseAsRoot(arguments)
  }

  /// A plain analysis without the command's name; nil if there is any option, or a word that is a command's name.
  private static func unnamed(_ arguments: [String]) -> AnalyzeCommand? {
    let commands = Failscope.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard arguments.allSatisfy({ !$0.hasPrefix("-") && !commands.contains($0) }) else { return nil }
    return AnalyzeCommand(plain: arguments)
  }

  private static func status(of error: any Error, arguments: [String]) -> ExitStatus {
    switch error {
    case let status as ExitStatus: return status
    case is ReaderGone: return .done
    case let failure as Failure:
      Complaint(failure.message).write()
      return failure.status
    default: return status(ofParsing: error, arguments: arguments)
    }
  }

  /// What ArgumentParser throws: requests for help are answered, mistakes are told.
  private static func status(ofParsing error: any Error, arguments: [String]) -> ExitStatus {
    guard Failscope.exitCode(for: error) == .success else {
      let message = Failscope.message(for: error)
      Complaint("\(message.hasSuffix(".") ? String(message.dropLast()) : message). \(hint(arguments))").write()
      return Failscope.exitCode(for: error) == .validationFailure ? .usage : .notAnalyzed
    }
    let columns = System.columns(of: System.standardOutput)
    let text = Failscope.fullMessage(for: error, columns: columns ?? 80)
    do {
      try StandardOutput.write(text.hasSuffix("\n") ? text : text + "\n")
    } catch {
      return status(of: error, arguments: arguments)
    }
    return .done
  }

  /// Where to read how the command wants to be called.
  private static func hint(_ arguments: [String]) -> String {
    let commands = Failscope.configuration.subcommands.compactMap { $0.configuration.commandName }
    let command = arguments.first.flatMap { commands.contains($0) ? " " + $0 : nil } ?? ""
    return "Run 'failscope\(command) --help' to see how it is used."
  }
}
