package import Ingestion
import Model
package import Parsing

/// Analyses files, directories and standard input from beginning to end.
package struct BatchAnalysis: Sendable {
  private let options: AnalysisOptions

  package init(options: AnalysisOptions) {
    self.options = options
  }

  /// Reads every path in order and reports on all of it.
  ///
  /// What cannot be read is told in the result's complaints; everything else is analysed.
  ///
  /// - Parameters:
  ///   - paths: files, directories, or `-` for standard input.
  ///   - progress: called now and then with how far the reading has come.
  /// - Returns: the report, the events and what was wrong with the input.
  package func run(paths: [String], progress: (AnalysisProgress) -> Void = { _ in }) -> AnalysisResult {
    let (catalogue, mistakes) = ParserSet.load(directories: options.parserDirectories)
    var reader = LineReader(plan: InputPlan(paths: paths))
    var analysis = Analysis(catalogue: catalogue, options: options)
    while let batch = reader.next() {
      analysis.consume(batch)
      progress(AnalysisProgress(bytes: reader.bytesRead, lines: reader.linesRead))
    }
    analysis.finish()
    let complaints = mistakes.map(\.description) + reader.diagnostics.map(Self.line)
    return analysis.result(sources: reader.sources, bytes: reader.bytesRead, complaints: complaints)
  }

  private static func line(_ diagnostic: InputDiagnostic) -> String {
    let place = diagnostic.line.map { "\(diagnostic.path):\($0)" } ?? diagnostic.path
    return diagnostic.help.isEmpty
      ? "\(place): \(diagnostic.reason)" : "\(place): \(diagnostic.reason); \(diagnostic.help)"
  }
}
