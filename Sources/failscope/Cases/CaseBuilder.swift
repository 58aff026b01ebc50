import Analyzer
import Bundling
import Clocks
import Contract
import Ingestion
import Model
import Redaction

/// Makes a bundle: finds the lines that give the same report, and redacts them.
struct CaseBuilder {
  let input: InputOptions
  let redaction: RedactionOptions

  /// Seconds around an incident that are tried one after another; then everything is kept.
  private static let contexts: [Double] = [120, 900, 7200]

  /// The inputs with their logs, in reading order.
  private struct Inputs {
    var paths: [[String]]
    var logs: [[CaseBundle.Log]]
    var standardInput: String?

    var all: [CaseBundle.Log] { logs.flatMap { $0 } }
  }

  /// What of the logs goes into the bundle.
  private struct Selection {
    var logs: [CaseBundle.Log]
    var context: Double?
    var lines: Int
    var keptLines: Int
  }

  /// The bundle of what can be read at `paths`.
  func bundle(of paths: [String]) throws -> CaseBundle {
    let inputs = try read(paths)
    let whole = try analysis(of: paths, inputs)
    guard whole.isRecognised else { throw Failure("no line was recognised; there is nothing to bundle.") }
    let selection = try select(from: inputs, whole)
    let plan = redaction.plan
    let texts = selection.logs.flatMap { LogLines($0.bytes).lines.map { String(decoding: $0, as: UTF8.self) } }
    let redactor = try Redactor(plan: plan, for: whole.report, texts: texts)
    let report = try redactor.redacted(whole.report)
    let names = CasePaths.names(
      of: inputs.paths.flatMap { $0 },
      hidesUnknown: plan.hidden.contains(.names),
      rename: redactor.renamed
    )
    let logs = zip(names, selection.logs).map { CaseBundle.Log(name: $0, bytes: Self.redacted($1.bytes, by: redactor)) }
    let standardInput = inputs.standardInput.flatMap { name in
      inputs.all.firstIndex { $0.name == name }.map { names[$0] }
    }
    let manifest = CaseManifest(
      generator: report.generator,
      parsers: ParserDigest.text(for: input),
      options: options(renamedBy: redactor),
      logs: names,
      standardInput: standardInput,
      context: selection.context,
      lines: selection.lines,
      keptLines: selection.keptLines,
      redacted: plan.hidden.map(\.rawValue).sorted()
    )
    return try sealed(CaseBundle(manifest: manifest, report: report, logs: logs))
  }

  // MARK: - Reading

  private func read(_ paths: [String]) throws -> Inputs {
    let plan = InputPlan(paths: paths)
    let files = plan.inputs.map(\.files)
    let names = CasePaths.names(of: files.flatMap { $0 })
    var inputs = Inputs(paths: files, logs: [])
    var next = names[...]
    for input in files {
      inputs.logs.append(
        try input.map { path in
          let name = next.popFirst() ?? path
          if path == "-" { inputs.standardInput = name }
          return CaseBundle.Log(name: name, bytes: try Self.contents(of: path))
        }
      )
    }
    return inputs
  }

  private static func contents(of path: String) throws -> [UInt8] {
    do {
      return try FileContents.decompressed(path)
    } catch {
      throw Failure("\(path): \(error); a bundle needs the whole log.")
    }
  }

  /// The analysis as 'failscope analyze' does it; standard input, which is read already, is given again.
  private func analysis(of paths: [String], _ inputs: Inputs) throws -> AnalysisResult {
    var folder = try ScratchFolder()
    if let name = inputs.standardInput, let log = inputs.all.first(where: { $0.name == name }) {
      try folder.write(log.bytes, to: name)
      try System.readStandardInput(from: "\(folder.path)/\(name)")
    }
    return BatchAnalysis(options: input.analysisOptions()).run(paths: paths)
  }

  // MARK: - Selecting

  /// The fewest lines tried that give the same report.
  private func select(from inputs: Inputs, _ whole: AnalysisResult) throws -> Selection {
    let sightings = whole.events.compactMap { timed -> Excerpt.Sighting? in
      let index = timed.event.source.index
      guard whole.sources.indices.contains(index) else { return nil }
      return Excerpt.Sighting(input: whole.sources[index].input, line: timed.event.line, at: timed.at)
    }
    let excerpt = Excerpt(report: whole.report, sources: whole.sources, sightings: sightings)
    let contexts = whole.report.incidents.isEmpty ? [] : Self.contexts
    for context in contexts {
      let selection = try Self.selection(of: inputs, excerpt, context: context)
      guard selection.keptLines < selection.lines else { break }
      let replay = CaseReplay(
        logs: selection.logs,
        standardInput: inputs.standardInput,
        options: input.analysisOptions()
      )
      if try replay.run().report.told(of: whole.report) == whole.report { return selection }
    }
    let lines = inputs.all.reduce(0) { $0 + LogLines($1.bytes).lines.count }
    return Selection(logs: inputs.all, context: nil, lines: lines, keptLines: lines)
  }

  private static func selection(of inputs: Inputs, _ excerpt: Excerpt, context: Double) throws -> Selection {
    var selection = Selection(logs: [], context: context, lines: 0, keptLines: 0)
    for (index, logs) in inputs.logs.enumerated() {
      var pieces = logs.map { LogLines($0.bytes) }
      let count = pieces.reduce(0) { $0 + $1.lines.count }
      let ranges = try excerpt.lines(ofInput: index, count: count, context: context)
      var first = 1
      for piece in pieces.indices {
        selection.keptLines += pieces[piece].keep(ranges, first: first)
        first += pieces[piece].lines.count
        selection.logs.append(CaseBundle.Log(name: logs[piece].name, bytes: pieces[piece].bytes))
      }
      selection.lines += count
    }
    return selection
  }

  // MARK: - Redacting

  private static func redacted(_ bytes: [UInt8], by redactor: Redactor) -> [UInt8] {
    var log = LogLines(bytes)
    let texts = log.lines.map { String(decoding: $0, as: UTF8.self) }
    let redacted = redactor.redacted(lines: texts)
    for index in log.lines.indices where redacted[index] != texts[index] {
      log.lines[index] = Array(redacted[index].utf8)[...]
    }
    return log.bytes
  }

  private func options(renamedBy redactor: Redactor) -> CaseOptions {
    CaseOptions(
      since: input.since,
      until: input.until,
      zones: input.timezones.map { "\(redactor.renamed($0.source))=\($0.zone)" },
      year: input.year,
      quietPeriod: input.quietPeriod
    )
  }

  /// The bundle with the report that its own lines give; that it tells the same is checked.
  private func sealed(_ bundle: CaseBundle) throws -> CaseBundle {
    var sealed = bundle
    let replay = CaseReplay(
      logs: bundle.logs,
      standardInput: bundle.manifest.standardInput,
      options: try bundle.manifest.options.applied(to: input.analysisOptions())
    )
    sealed.report = try replay.run().report.told(of: bundle.report)
    if Self.outline(sealed.report) != Self.outline(bundle.report) {
      Complaint("the redacted lines do not tell quite what the original ones do; compare both reports.").write()
    }
    return sealed
  }

  /// What a reader takes away from a report, without names and their order.
  private static func outline(_ report: Report) -> [String] {
    [report.verdict.status.rawValue]
      + report.incidents.map { incident in
        let findings = incident.findings.map(\.code.rawValue).sorted().joined(separator: ",")
        return "\(incident.kind) \(incident.status) \(incident.startedAt) \(incident.rootCause.code) \(findings) "
          + "\(incident.impact.writeOutage?.duration ?? -1)"
      }
  }
}
