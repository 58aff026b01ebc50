import Ingestion
import Model
import Parsing

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
    let plan = InputPlan(paths: paths)
    var analysis = Analysis(
      catalogue: catalogue,
      options: options,
      folding: folding(inputs: plan.inputs.count),
      window: window(inputs: plan.inputs.count),
      looksAside: options.threads > 1
    )
    let input =
      options.threads > 1 && plan.isLarge
      ? readAhead(plan, into: &analysis, progress) : read(plan, into: &analysis, progress)
    analysis.finish()
    let complaints = mistakes.map(\.description) + input.diagnostics.map(Self.line)
    return analysis.result(sources: input.sources, bytes: input.bytes, complaints: complaints)
  }

  private func read(
    _ plan: InputPlan,
    into analysis: inout Analysis,
    _ progress: (AnalysisProgress) -> Void
  ) -> ReadAhead.Summary {
    var reader = LineReader(plan: plan)
    while let batch = reader.next() {
      analysis.consume(batch, sources: reader.sources)
      reader.learn(analysis.takeLessons())
      progress(AnalysisProgress(bytes: reader.bytesRead, lines: reader.linesRead))
    }
    return ReadAhead.Summary(sources: reader.sources, bytes: reader.bytesRead, diagnostics: reader.diagnostics)
  }

  private func readAhead(
    _ plan: InputPlan,
    into analysis: inout Analysis,
    _ progress: (AnalysisProgress) -> Void
  ) -> ReadAhead.Summary {
    let reader = ReadAhead(plan: plan)
    while let portion = reader.next() {
      analysis.consume(portion.batch, sources: portion.sources)
      progress(portion.progress)
      reader.reuse(portion.batch.bytes, lessons: analysis.takeLessons())
    }
    return reader.summary
  }

  /// What happens near a line is known by then if all lines are in one input; else more has to be kept.
  private func folding(inputs: Int) -> RoutineFolding {
    if options.keepsRoutine { return .none }
    return inputs > 1 ? RoutineFolding(allowance: 100_000, readings: nil) : RoutineFolding()
  }

  /// What one input tells last is the latest; another input may go back to the beginning.
  private func window(inputs: Int) -> Int? {
    inputs == 1 && !options.keepsRoutine && options.since == nil && options.until == nil ? options.window : nil
  }

  private static func line(_ diagnostic: InputDiagnostic) -> String {
    let place = diagnostic.line.map { "\(diagnostic.path):\($0)" } ?? diagnostic.path
    return diagnostic.help.isEmpty
      ? "\(place): \(diagnostic.reason)" : "\(place): \(diagnostic.reason); \(diagnostic.help)"
  }
}
