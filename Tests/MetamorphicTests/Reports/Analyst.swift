import Analyzer
import Contract
import Foundation
import Ingestion
import Parsing
import TestSupport

/// Analyses logs in this process.
enum Analyst {
  private static let catalogue = ParserSet.load(directories: []).catalogue

  /// The report on a log that is written to files of its own.
  static func report(on log: LogSet) throws -> Report {
    let folder = try ScratchDirectory()
    let paths = try log.files.map { file in
      try folder.write(file.lines.joined(separator: "\n") + "\n", to: file.name)
    }
    return report(onFiles: paths)
  }

  /// The report on files as they lie.
  static func report(onFiles paths: [String]) -> Report {
    var reader = LineReader(plan: InputPlan(paths: paths))
    var analysis = Analysis(catalogue: catalogue, options: AnalysisOptions())
    while let batch = reader.next() { analysis.consume(batch) }
    analysis.finish()
    let complaints = reader.diagnostics.map(\.reason)
    return analysis.result(sources: reader.sources, bytes: reader.bytesRead, complaints: complaints).report
  }
}
