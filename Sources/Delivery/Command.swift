import Contract
import Live
import Model
import Reporting
import Subprocess
import SystemPackage
import WebClient

/// Runs a program for each notice, with the report on standard input and the facts in its environment.
package struct Command: Sendable {
  private let words: [String]
  /// How long it may run, in seconds.
  private let patience: Int
  private let folder: String

  /// - Parameters:
  ///   - words: the program and its arguments; no shell sees them.
  ///   - patience: how long it may run, in seconds.
  ///   - folder: where temporary files may be made.
  package init(words: [String], patience: Int = 60, folder: String = "/tmp") {
    self.words = words
    self.patience = patience
    self.folder = folder
  }

  /// The words of a command line, divided at blanks; quotes hold words together, as far as a shell would say so too.
  ///
  /// - Returns: nil if a quote is not closed, or if there is no word.
  package static func words(of line: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in line {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " || character == "\t" {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard quote == nil, !isEscaped else { return nil }
    if let done = word { words.append(done) }
    return words.isEmpty ? nil : words
  }

  /// The facts of a notice as variables.
  package static func environment(_ delivered: Delivered) -> [(name: String, value: String)] {
    let incident = delivered.incident
    return [
      ("FAILSCOPE_ACTION", delivered.notice.action.rawValue),
      ("FAILSCOPE_INCIDENT", delivered.id),
      ("FAILSCOPE_REVISION", String(delivered.notice.incident.revision)),
      ("FAILSCOPE_WITHDRAWN", delivered.notice.incident.isWithdrawn ? "1" : "0"),
      ("FAILSCOPE_KIND", incident.kind.rawValue),
      ("FAILSCOPE_STATUS", incident.status.rawValue),
      ("FAILSCOPE_SEVERITY", incident.severity.rawValue),
      ("FAILSCOPE_TITLE", visible(incident.title)),
      ("FAILSCOPE_STARTED_AT", incident.startedAt.rfc3339),
      ("FAILSCOPE_ENDED_AT", incident.endedAt?.rfc3339 ?? ""),
      ("FAILSCOPE_ROOT_CAUSE", incident.rootCause.code.rawValue),
      ("FAILSCOPE_OLD_PRIMARY", visible(incident.oldPrimary ?? "")),
      ("FAILSCOPE_NEW_PRIMARY", visible(incident.newPrimary ?? "")),
      ("FAILSCOPE_CLUSTER", visible(delivered.report.cluster.name ?? "")),
    ]
  }

  /// Runs the program once.
  package func run(_ delivered: Delivered) async -> Courier.Outcome {
    guard let program = words.first, let text = try? json(delivered.report) else {
      return .refused("there is nothing to run")
    }
    var variables: [Environment.Key: String?] = [:]
    for (name, value) in Self.environment(delivered) {
      if let key = Environment.Key(rawValue: name) { variables[key] = value }
    }
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2))]
    let settings = (variables, options)
    return await withTaskGroup(of: Courier.Outcome?.self) { group in
      group.addTask { await start(program, text, settings.0, settings.1) }
      group.addTask {
        try? await Task.sleep(for: .seconds(patience))
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first ?? .refused("it ran for more than \(patience) s and was ended")
    }
  }

  private func start(
    _ program: String,
    _ text: String,
    _ variables: [Environment.Key: String?],
    _ options: PlatformOptions
  ) async -> Courier.Outcome {
    do {
      let report = try NamelessFile.holding(text, in: folder)
      let result = try await Subprocess.run(
        program.contains("/") ? .path(FilePath(program)) : .name(program),
        arguments: Arguments(Array(words.dropFirst())),
        environment: .inherit.updating(variables),
        platformOptions: options,
        input: .fileDescriptor(report, closeAfterSpawningProcess: true),
        output: .discarded,
        error: .discarded
      )
      switch result.terminationStatus {
      case .exited(0): return .delivered
      case .exited(let code): return .refused("it ended with status \(code)")
      case .signaled(let signal): return .refused("it was ended by signal \(signal)")
      }
    } catch {
      return .refused("it cannot be run: \(error)")
    }
  }
}
