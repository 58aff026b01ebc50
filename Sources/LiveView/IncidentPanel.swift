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
    result += isWhole ? details(incident) : summary(tracked)
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

  /// Most needed first: where room is short the last ones go.
  private func summary(_ tracked: TrackedIncident) -> [ScreenLine] {
    let incident = tracked.incident
    return running(tracked) + spent(incident, most: 2) + remedy(incident) + [worst(incident)].compactMap { $0 }
  }

  /// The phases that go on, and for how long they have.
  private func running(_ tracked: TrackedIncident) -> [ScreenLine] {
    let phases = tracked.runningPhases.map { phase in
      [words(phase.name.rawValue), phase.member ?? "", screen.age(phase.from)].filter { !$0.isEmpty }
        .joined(separator: " ")
    }
    return phases.isEmpty ? [] : wrapped("running", phases.joined(separator: ", "), .plain, most: 1)
  }

  /// Where the time went, the parts of the write outage in order; nothing while its course is still open.
  private func spent(_ incident: Incident, most: Int) -> [ScreenLine] {
    guard incident.milestones.leaderElectedAt != nil || incident.impact.writeOutage?.to != nil else { return [] }
    let parts = incident.downtime.compactMap { segment in
      segment.duration.map { "\(segment.waitingFor.replacing("the ", with: "")) \(durationText($0))" }
    }
    return parts.isEmpty ? [] : wrapped("spent", parts.joined(separator: ", "), .plain, most: most)
  }

  /// What to type, and what it may cost: never the one without the other.
  private func remedy(_ incident: Incident) -> [ScreenLine] {
    guard let remedy = incident.remediation.first else { return [] }
    let isRoomy = screen.size.rows >= 30
    var result: [ScreenLine] = []
    if isRoomy || remedy.commands.isEmpty { result += wrapped("to do", remedy.summary, .plain, most: 2) }
    let label = remedy.urgency == .now ? "type" : remedy.urgency.rawValue
    if let command = remedy.commands.first { result.append(text(label, command, .command)) }
    if let risk = remedy.risk { result += wrapped("risk", risk, .warning, most: 2) }
    if isRoomy { result += remedy.preconditions.prefix(2).flatMap { wrapped("first", $0, .plain, most: 2) } }
    return result
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
    result += spent(incident, most: 3)
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
