import Analyzer
import BundledParsers
import Bundling
import Clocks
import Contract
import Correlation
import Ingestion
import Model
import Redaction

/// Analyses the logs of a bundle as if they lay in a folder of the user's.
struct CaseReplay {
  let logs: [CaseBundle.Log]
  let standardInput: String?
  let options: AnalysisOptions

  /// The analysis; nothing of it is left on the disk.
  func run() throws -> AnalysisResult {
    var folder = try ScratchFolder()
    for log in logs { try folder.write(log.bytes, to: log.name) }
    if let standardInput { try System.readStandardInput(from: "\(folder.path)/\(standardInput)") }
    let paths = logs.map { $0.name == standardInput ? "-" : $0.name }
    return try folder.inside {
      var progress = ProgressLine()
      defer { progress.erase() }
      return BatchAnalysis(options: options).run(paths: paths) { progress.update($0) }
    }
  }
}

extension CaseBundle {
  /// The bundle at the only path, or nil if logs are named.
  ///
  /// Throws `Failure` if it is damaged.
  static func at(_ paths: [String]) throws -> CaseBundle? {
    guard paths.count == 1, let path = paths.first, path != "-", !System.isDirectory(path) else { return nil }
    do {
      guard begins(with: try FileContents.decompressed(path, limit: 512)) else { return nil }
      return try CaseBundle(archive: try FileContents.decompressed(path, limit: mostBytes))
    } catch is FileContentsError where !path.hasSuffix(".tar.zst") {
      // A damaged log is told of when it is read, with what came before the damage.
      return nil
    } catch {
      throw Failure("\(path): \(error); copy the bundle again, or make it anew with 'failscope bundle'.")
    }
  }

  /// More than this is not unpacked: a small file may pretend to be a huge one.
  private static let mostBytes = 4 << 30

  /// Analyses the bundle's lines with the options that it brings.
  ///
  /// What only the whole log can tell, how much there was to read and which log covers what, is taken from the bundle's report.
  /// Tells on standard error if another report comes out than the bundle holds.
  func replayed(input: InputOptions, hypotheses: [HypotheticalSetting]) throws -> AnalysisResult {
    let analysis = try manifest.options.applied(to: input.analysisOptions(hypotheses: hypotheses))
    var result = try CaseReplay(logs: logs, standardInput: manifest.standardInput, options: analysis).run()
    result.report = result.report.told(of: report)
    result.sources = result.sources.enumerated().map { index, source in
      var source = source
      if report.input.sources.indices.contains(index) { source.path = report.input.sources[index].path }
      return source
    }
    if hypotheses.isEmpty, result.report != report {
      let other = manifest.parsers == ParserDigest.text(for: input) ? "" : " with other parsers"
      Complaint(
        "this report differs from the one in the bundle, which failscope \(manifest.generator.version) wrote\(other)."
      ).write()
    }
    return result
  }
}

extension CaseOptions {
  /// The options of an analysis with those that a bundle was made with.
  ///
  /// Throws `ValidationError` for a zone that this machine does not know.
  func applied(to options: AnalysisOptions) throws -> AnalysisOptions {
    var options = options
    options.since = since
    options.until = until
    let zones = try zones.map(OptionValues.zone).map { ($0.source, $0.zone) }
    options.clocks = ClockOptions(zones: Dictionary(zones, uniquingKeysWith: { _, last in last }), year: year)
    options.correlation.quietPeriod = quietPeriod
    return options
  }
}

extension Report {
  /// The report with what another one knows of the whole input.
  func told(of whole: Report) -> Report {
    var report = self
    report.input = whole.input
    report.coverage = whole.coverage
    return report
  }
}

/// A digest of the parsers that a run uses.
enum ParserDigest {
  /// Such as `4f2a9c…`; parser files of the user's are named as such.
  static func text(for input: InputOptions) -> String {
    let digest = SHA256.digest(Array(BundledParsers.compact.utf8))
    let digits = digest.prefix(8).map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
    return ParserDirectories.all(input.parserDirectories).isEmpty ? digits : digits + "+own"
  }
}
