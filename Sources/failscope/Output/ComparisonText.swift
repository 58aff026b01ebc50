import Comparison
import Reporting

/// A comparison of two reports as lines.
enum DifferenceText {
  static func lines(of difference: ReportDifference) -> [String] {
    var lines: [String] = []
    if difference.verdict.isChange { lines.append("verdict: \(text(difference.verdict))") }
    lines += difference.new.map { "new incident: \($0)" } + difference.gone.map { "gone: \($0)" }
    for incident in difference.incidents { lines += Self.lines(of: incident) }
    return lines.isEmpty ? ["Both reports tell no incident."] : lines
  }

  private static func lines(of incident: IncidentDifference) -> [String] {
    var lines = incident.before == incident.after ? [incident.after] : [incident.before, "→ \(incident.after)"]
    lines += [
      ("root cause", incident.rootCause), ("status", incident.status), ("lost writes", incident.lostWrites),
    ].filter { $0.1.isChange }.map { "  \($0.0): \(text($0.1))" }
    let phases = incident.phases.filter { abs($0.duration.delta ?? 1) >= 0.05 }
    let rows = [row("no writes", incident.writeOutage)] + phases.map { row($0.name, $0.duration) }
    lines += columns(rows).split(separator: "\n").map { "  \($0)" }
    lines += list("new findings", incident.newFindings) + list("findings gone", incident.goneFindings)
    return lines + list("new remedies", incident.newRemedies) + list("remedies gone", incident.goneRemedies)
  }

  private static func row(_ name: String, _ change: Change<Double>) -> [String] {
    let delta = change.delta.map { delta in
      abs(delta) < 0.05
        ? "the same" : (delta > 0 ? "+" : "−") + durationText(abs(delta)) + (delta > 0 ? " SLOWER" : " faster")
    }
    return [name, text(change.before), "→", text(change.after), delta ?? ""]
  }

  private static func text(_ seconds: Double?) -> String { seconds.map { durationText($0) } ?? "not told" }

  private static func text(_ change: Change<String>) -> String {
    "\(change.before ?? "not told") → \(change.after ?? "not told")"
  }

  private static func list(_ name: String, _ codes: [String]) -> [String] {
    codes.isEmpty ? [] : ["  \(name): \(codes.joined(separator: ", "))"]
  }
}

/// Statistics over reports as lines.
enum StatisticsText {
  static func lines(of statistics: ReportStatistics) -> [String] {
    let head = "\(statistics.incidents) incidents in \(statistics.reports) reports"
    let durations =
      (statistics.writeOutage.map { [("no writes", $0)] } ?? []) + statistics.phases.map { ($0.name, $0.duration) }
    let table =
      [["", "n", "min", "p50", "p90", "p99", "max"]]
      + durations.map { name, distribution in
        [
          name, String(distribution.count), durationText(distribution.minimum), durationText(distribution.median),
          durationText(distribution.p90), durationText(distribution.p99), durationText(distribution.maximum),
        ]
      }
    let counts = [
      ("kinds", statistics.kinds), ("root causes", statistics.rootCauses), ("members", statistics.members),
      ("lost writes", statistics.lostWrites), ("findings", statistics.findings),
    ]
    return [head, ""] + (durations.isEmpty ? [] : columns(table).split(separator: "\n").map(String.init) + [""])
      + counts.filter { !$0.1.isEmpty }.map { name, counts in
        "\(name): \(counts.map { "\($0.name) ×\($0.count)" }.joined(separator: ", "))"
      }
  }
}
