import ArgumentParser
import Model
import Parsing
import Reporting

/// `failscope parsers match`: what one line is understood as.
struct MatchLineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match",
    abstract: "Say what a line is understood as. The status is 1 if it is not.",
    discussion: """
      Give the line as the component prints it, without what docker, kubectl or journald put before it.

      EXAMPLE:
        failscope parsers match '2025-08-10 21:57:43,740 INFO: released leader key'
      """
  )

  @Argument(help: "The line, in quotes; - reads lines from standard input.")
  var line: String

  @Option(
    help: ArgumentHelp(
      "The program that syslog, journald or the file's name would tell, such as haproxy.",
      valueName: "name"
    )
  )
  var program: String?

  @OptionGroup
  var options: ParserOptions

  func run() throws {
    var explainer = LineExplainer(catalogue: ParserDirectories.catalogue(options.directories))
    guard line == "-" else {
      let explanations = explainer.explain(line, program: program)
      try StandardOutput.write(explanations.map(LinePage.text).joined(separator: "\n"))
      guard explanations.contains(where: { $0.message != nil }) else { throw ExitStatus.notAnalyzed }
      return
    }
    var output = LineOutput()
    while let line = readLine() {
      let explanation = explainer.explain(line, program: program).first
      try output.write(line: "\(explanation.map(LinePage.summary) ?? "blank")\t\(visible(line))")
    }
    try output.flush()
  }
}

/// What a line is understood as, as text.
enum LinePage {
  static func text(_ line: LineExplanation) -> String {
    var facts = [["component", line.component ?? "none: neither a head nor a headless message fits"]]
    func add(_ name: String, _ value: String?) {
      if let value { facts.append([name, value]) }
    }
    add("head", line.head)
    add("time", line.stamp.map(time))
    add("level", line.level.map(\.name))
    add("pid", line.processID.map(String.init))
    if line.component != nil { add("message", line.message ?? "none: no pattern of the component matches the text") }
    if line.message != nil { add("event", line.event?.rawValue ?? "none: known, and of no consequence") }
    for (field, value) in line.fields.all { add("  " + field.rawValue, value) }
    add("text", line.text)
    return columns(facts.map { $0.map(visible) })
  }

  /// The message, or as much as is known.
  static func summary(_ line: LineExplanation) -> String {
    if let message = line.message { return visible(message) }
    guard let component = line.component, let head = line.head else { return "unrecognised" }
    return visible("unrecognised under \(component).\(head)")
  }

  /// What the digits say; the parts that the line does not print are left out.
  private static func time(_ stamp: Stamp) -> String {
    let civil = CivilTime(milliseconds: stamp.milliseconds)
    var text = "\(civil.clockText).\(CivilTime.padded(civil.millisecond, 3))"
    switch stamp.missing {
    case .nothing: text = "\(civil.dateText) \(text)"
    case .year: text = "\(civil.dateText.dropFirst(5)) \(text), year unknown"
    case .date: text += ", date unknown"
    }
    return stamp.zoneOffset.map { "\(text), \($0 / 60) min east of UTC" } ?? "\(text), zone unknown"
  }
}
