import Live
import Model
import Reporting

/// The latest events, the newest at the bottom.
struct EventsPanel {
  let screen: LiveScreen

  /// Exactly `count` lines, or none if there is no room for a heading and one event.
  func lines(_ count: Int) -> [ScreenLine] {
    guard count >= 2 else { return [] }
    let events = screen.view.events(of: screen.state)
    var result = [heading(events.count)]
    let chosen = events.count - 1 - screen.view.distance
    let isPaused = screen.view.frozen != nil
    var detail: [ScreenLine] = []
    if isPaused, screen.view.isExpanded, events.indices.contains(chosen) {
      detail = self.detail(events[chosen], upTo: max(1, count / 2))
    }
    let room = max(1, count - 1 - detail.count)
    let end = max(min(events.count, chosen + 1 + room / 3), min(events.count, room))
    let visible = isPaused ? end : events.count
    for index in max(0, visible - room)..<visible {
      let isChosen = isPaused && index == chosen
      result.append(line(events[index], isChosen: isChosen))
      if isChosen { result += detail }
    }
    while result.count < count { result.append(screen.line()) }
    return result
  }

  private func heading(_ count: Int) -> ScreenLine {
    let only = screen.view.component.map { "only \($0), " } ?? ""
    let lines = screen.state.lines
    let unknown = screen.state.unrecognizedLines
    return screen.heading(
      "EVENTS",
      "\(only)\(count) kept, \(lines) lines\(unknown > 0 ? ", \(unknown) not known" : "")"
    )
  }

  private func line(_ told: LiveEvent, isChosen: Bool) -> ScreenLine {
    var line = screen.line()
    let style: ScreenStyle = isChosen ? .selected : told.isRoutine ? .faint : .plain
    line.add(String(told.at.timeOfDay.prefix(isRoomy ? 12 : 8)) + " ", isChosen ? .selected : .faint)
    line.add(told.member ?? told.source, column: placeWidth, style)
    if isRoomy { line.add(told.event.kind.rawValue, column: 24, style) }
    line.add(Self.words(of: told), style)
    return line
  }

  /// Whether there is room for more than time, place and words.
  private var isRoomy: Bool { screen.size.columns >= 100 }
  private var placeWidth: Int { isRoomy ? 14 : 9 }

  /// Levels as components print them before their words.
  private static let levels = [
    " INFO: ", " WARNING: ", " ERROR: ", " CRITICAL: ", " LOG:  ", " ERROR:  ", " FATAL:  ", " PANIC:  ", "] LOG ",
    "] WARNING ", "] ERROR ",
  ]
  /// The first bytes of lines with a head of another form, and what that head ends with: syslog, and HAProxy's own.
  private static let heads = [("<", "]: "), ("[NOTICE]", " : "), ("[WARNING]", " : "), ("[ALERT]", " : ")]

  /// The line without the time and the level that it begins with, which the screen shows already.
  static func words(of told: LiveEvent) -> String {
    let text = told.event.text
    let head = text.prefix(72)
    for (start, end) in heads where head.hasPrefix(start) {
      if let found = head.firstRange(of: end) { return String(text[found.upperBound...]) }
    }
    guard let level = levels.lazy.compactMap({ head.firstRange(of: $0) }).first else { return text }
    return String(text[level.upperBound...].drop { $0 == " " })
  }

  private func detail(_ told: LiveEvent, upTo most: Int) -> [ScreenLine] {
    let event = told.event
    let head = "\(told.source):\(event.line)  \(event.component.name)  \(event.message)  \(told.at.rfc3339)"
    let width = screen.size.columns - 4
    let fields = event.fields.all.map { "\($0.field.rawValue)=\($0.value)" }.joined(separator: "  ")
    let parts =
      [head] + ScreenLine.wrap(event.text, to: width) + (fields.isEmpty ? [] : ScreenLine.wrap(fields, to: width))
    return parts.prefix(most).map { part in
      var line = screen.line()
      line.add("   │ ", .faint)
      line.add(part)
      return line
    }
  }
}
