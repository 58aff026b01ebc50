package import Ingestion
package import Model
package import Parsing

/// The fold from lines to a report: fed batches of lines in reading order, asked for its report at any moment.
///
/// Batch and live analysis are the same fold; how the input was cut into batches does not show in the report.
package struct Analysis: ~Copyable {
  private let maker: ReportMaker
  private var classifier: Classifier
  private var classified = Classified()

  /// Prepares for a log; `folding` says what becomes of events that are mere routine.
  package init(catalogue: ParserCatalogue, options: AnalysisOptions, folding: RoutineFolding = .none) {
    maker = ReportMaker(catalogue: catalogue, options: options)
    classifier = Classifier(catalogue: catalogue, folding: folding)
  }

  /// Takes in one batch of lines.
  package mutating func consume(_ batch: borrowing LineBatch) {
    classifier.consume(batch, into: &classified)
  }

  /// Tells that no line follows: what waited for its end is taken in.
  package mutating func finish() {
    classifier.finish(into: &classified)
  }

  /// The report on everything taken in so far, and the events in time order.
  ///
  /// - Parameters:
  ///   - sources: the sources that the batches refer to.
  ///   - bytes: how much was read.
  ///   - complaints: what was wrong with the input, one line each.
  /// - Returns: the report, the events and the complaints.
  package borrowing func result(sources: [Source], bytes: Int, complaints: [String]) -> AnalysisResult {
    maker.result(
      of: ReportMaterial(classified: classified, sources: sources, bytes: bytes, complaints: complaints)
    )
  }
}
