import Analyzer
import Bundling
import Contract
import Correlation
import Model

/// One reading of the input, with all that has to be said about it on standard error.
struct AnalysisRun {
  let result: AnalysisResult
  /// Whether a named input could not be read.
  private let isIncomplete: Bool

  /// Reads the inputs; what is wrong with some of them is told, and the others are read.
  ///
  /// `hypotheses` are settings with other values, for which outages are worked out anew; `keepsRoutine` tells whether
  /// events that are mere routine are wanted, too, and `listsEvents` whether any but for the report.
  init(
    input: InputOptions,
    hypotheses: [HypotheticalSetting] = [],
    keepsRoutine: Bool = false,
    listsEvents: Bool = true
  ) throws {
    let (readable, isIncomplete) = try Self.readablePaths(input)
    self.isIncomplete = isIncomplete
    if let bundle = try CaseBundle.at(readable) {
      result = try bundle.replayed(input: input, hypotheses: hypotheses)
      return
    }
    var options = input.analysisOptions(hypotheses: hypotheses)
    options.keepsRoutine = keepsRoutine
    options.window = listsEvents ? nil : Self.window
    result = Self.analyze(readable, options)
    for complaint in result.complaints { Complaint(complaint).write() }
    Self.checkZones(input.timezones, sources: result.sources)
  }

  /// The paths that can be read; what is wrong with the others is told.
  ///
  /// Throws `ExitStatus` if none can.
  static func readablePaths(_ input: InputOptions) throws -> (readable: [String], isIncomplete: Bool) {
    let paths = try input.resolvedPaths()
    let readable = paths.filter { isReadable($0) }
    guard !readable.isEmpty else { throw ExitStatus.notAnalyzed }
    return (readable, readable.count < paths.count)
  }

  /// The longest of incidents has a few thousand events.
  private static let window = 20_000

  /// Whether there was not a single line to read.
  var isEmpty: Bool { result.report.input.lines == 0 }

  /// Ends the program with status 1 if there was nothing to understand, or if something could not be read.
  func requireRecognition() throws {
    guard result.isRecognised else {
      // Why nothing could be read has been told: what is an archive or no text is not empty, too.
      if isEmpty, !result.complaints.isEmpty { throw ExitStatus.notAnalyzed }
      let lines = result.report.input.lines
      throw Failure(
        isEmpty
          ? "the input is empty: name the logs of Patroni, PostgreSQL, HAProxy, PgBouncer or etcd."
          : "\(lines == 1 ? "the only line" : "none of \(lines) lines") was \(lines == 1 ? "not " : "")recognised; 'failscope parsers list' tells which logs failscope understands."
      )
    }
    if isIncomplete { throw ExitStatus.notAnalyzed }
  }

  /// Leaves what was read to the end of the process, which lets go of it at once.
  ///
  /// To let go of it event by event takes a twenty-fifth of a short run.
  func stayUntilExit() {
    _ = Unmanaged.passRetained(Remains(result: result))
  }

  private static func analyze(_ paths: [String], _ options: AnalysisOptions) -> AnalysisResult {
    var progress = ProgressLine()
    defer { progress.erase() }
    return BatchAnalysis(options: options).run(paths: paths) { progress.update($0) }
  }

  private static func isReadable(_ path: String) -> Bool {
    guard path != "-", let obstacle = System.obstacle(toReading: path) else { return true }
    let isWord = path.allSatisfy { $0.isLetter || $0 == "-" }
    let help = isWord ? "Name a log file, or a command of 'failscope --help'." : "Check the name and its permissions."
    Complaint("\(path): \(obstacle). \(help)").write()
    return false
  }

  /// A zone for a source that does not exist is a slip of the pen that would go unnoticed.
  private static func checkZones(_ zones: [SourceZone], sources: [Source]) {
    var names: [String] = []
    for source in sources where !names.contains(source.name) { names.append(source.name) }
    for zone in zones where zone.source != "*" && !names.contains(zone.source) {
      let known = names.prefix(12).joined(separator: ", ")
      Complaint("--timezone \(zone.source)=\(zone.zone): no source has that name; there are \(known).").write()
    }
  }
}

/// Holds a result that nobody lets go of.
private final class Remains {
  let result: AnalysisResult

  init(result: AnalysisResult) {
    self.result = result
  }
}
