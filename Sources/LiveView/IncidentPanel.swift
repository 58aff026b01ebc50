import Contract
import Live
import Model
import Reporting

/// The incident that matters now: what it is, what it waits for, what to type.
struct IncidentPanel {
  let screen: LiveScreen

  private static let label = 9

  /// The lines of the incident; of the whole one if it has the screen for itself, else the most important ones.
  func lines(upTo most: Int, isWhole: Bool) -> [ScreenLine] {
    guard let (index, tracked) = screen.view.incident(of: screen.state) else {
      return isWhole ? [screen.heading("INCIDENT"), text("", "There is no incident.")] : []
    }
    let incident = tracked.incident
    var result = [heading(tracked, index)]
    result += wrapped("", incident.title, .strong, most: isWhole ? 3 : 1)
    result.append(text("cause", cause(incident)))
    result += waiting(tracked)
    result += isWhole ? details(incident) : summary(incident)
    return Array(result.prefix(max(0, most)))
  }

  private func heading(_ tracked: TrackedIncident, _ index: Int) -> ScreenLine {
    let count = screen.state.incidents.count { !$0.isWithdrawn }
    let number = count > 1 ? " \(index + 1) of \(count)" : ""
    let incident = tracked.incident
    let end = incident.endedAt.map { ", over at \($0.timeOfDay.prefix(8))" } ?? ""
    var line = screen.line()
    line.add("INCIDENT\(number)  ", .strong)
    line.add("\(words(incident.kind.rawValue)), \(incident.severity.rawValue), ")
    line.add(incident.status.rawValue, incident.status.screenStyle)
    line.add("  since \(incident.startedAt.timeOfDay.prefix(8))\(end) ", .faint)
    line.add(String(repeating: "─", count: max(0, line.room)), .faint)
    return line
  }

  private func cause(_ incident: Incident) -> String {
    let cause = incident.rootCause
    guard cause.code != .unknown else { return "not known" }
    let place = cause.member.map { " on \($0)" } ?? ""
    return "\(words(cause.code.rawValue))\(place), \(Int((cause.confidence * 100).rounded())) % sure"
  }

  // MARK: - What it waits for

  private func waiting(_ tracked: TrackedIncident) -> [ScreenLine] {
    guard !tracked.isClosed else { return [] }
    let settings = screen.state.report?.settingsObserved ?? []
    guard let wait = CurrentWait(of: tracked.incident, settings: settings) else { return [] }
    let length = screen.age(wait.since)
    let bound = wait.atMost.map { seconds in
      ", at most \(LiveScreen.wholeSeconds(seconds))\(wait.isAssumed ? " by default" : "")"
    }
    let style = tracked.incident.status.screenStyle
    return [text("now", "waiting for \(wait.waitingFor)\(length.isEmpty ? "" : ": \(length)")\(bound ?? "")", style)]
  }

  // MARK: - In short

  private func summary(_ incident: Incident) -> [ScreenLine] {
    [spent(incident)].compactMap { $0 } + [remedy(incident), worst(incident)].compactMap { $0 }
  }

  /// Where the time went, the parts of the write outage in order.
  private func spent(_ incident: Incident) -> ScreenLine? {
    let parts = incident.downtime.compactMap { segment in
      segment.duration.map { "\(segment.waitingFor.replacing("the ", with: "")) \(durationText($0))" }
    }
    return parts.isEmpty ? nil : text("spent", parts.joined(separator: ", "))
  }

  private func remedy(_ incident: Incident) -> ScreenLine? {
    guard let remedy = incident.remediation.first else { return nil }
    guard let command = remedy.commands.first else { return text("to do", remedy.summary) }
    return text("type", command, .command)
  }

  private func worst(_ incident: Incident) -> ScreenLine? {
    let rank: [Severity] = [.critical, .warning, .info]
    let finding = rank.lazy.compactMap { severity in incident.findings.first { $0.severity == severity } }.first
    return finding.map { text("finding", $0.summary, $0.severity.screenStyle) }
  }

  // MARK: - In full

  private func details(_ incident: Incident) -> [ScreenLine] {
    var result: [ScreenLine] = []
    for phase in incident.phases {
      let name = words(phase.name.rawValue) + (phase.member.map { " \($0)" } ?? "")
      let length = phase.duration.map { durationText($0) } ?? "goes on, \(screen.age(phase.from))"
      var line = text("phase", "")
      line.add(name, column: 26)
      line.add(String(phase.from.timeOfDay.prefix(8)), column: 9, .faint)
      line.add(length, phase.to == nil ? .warning : .plain)
      result.append(line)
    }
    if let line = spent(incident) { result.append(line) }
    for finding in incident.findings {
      result += wrapped("finding", finding.summary, finding.severity.screenStyle, most: 2)
    }
    for remedy in incident.remediation {
      result += wrapped(remedy.urgency.rawValue, remedy.summary, .strong, most: 2)
      if let risk = remedy.risk { result += wrapped("", "Risk: \(risk)", .warning, most: 2) }
      result += remedy.commands.map { text("", $0, .command) }
    }
    return result
  }

  private func text(_ label: String, _ words: String, _ style: ScreenStyle = .plain) -> ScreenLine {
    var line = screen.line()
    line.add(" " + label, column: Self.label, .faint)
    line.add(words, style)
    return line
  }

  private func wrapped(_ label: String, _ words: String, _ style: ScreenStyle, most: Int) -> [ScreenLine] {
    var parts = ScreenLine.wrap(words, to: screen.size.columns - Self.label - 1)
    if parts.count > most { parts = Array(parts.prefix(most - 1)) + [parts[(most - 1)...].joined(separator: " ")] }
    return parts.enumerated().map { index, part in text(index == 0 ? label : "", part, style) }
  }
}
