import Contract
import Model

extension TerminalPage {
  /// The write outage second by second: what it was spent on, and which setting would have shortened it.
  mutating func criticalPath(of incident: Incident) {
    let segments = incident.downtime
    guard !segments.isEmpty else { return }
    let isOver = segments.allSatisfy { $0.duration != nil }
    let total = durationText(segments.reduce(0) { $0 + ($1.duration ?? 0) })
    heading("Where the time went", note: isOver ? "\(total) without writes" : "writes still fail")
    for (segment, share) in zip(segments, segments.shares) {
      self.segment(segment, share: share)
    }
  }

  private mutating func segment(_ segment: DowntimeSegment, share: String) {
    let span = segment.spanText
    let length = cell(segment.lengthText, 10, right: true)
    let share = cell(share, 6, right: true)
    let text = "waiting for \(segment.waitingFor)"
    if isNarrow {
      line(Run("  \(span)"))
      line(Run("\(length)\(share)", .strong))
      paragraph(text, indent: 4, style: .strong, most: 4)
    } else {
      let lead = width >= 100 ? "  \(span)\(length)\(share)  " : "\(length)\(share)  "
      for (index, text) in wrapped(text, indent: lead.count, most: 4).enumerated() {
        line(Run(index == 0 ? lead : String(repeating: " ", count: lead.count)), Run(text, .strong))
      }
    }
    let indent = isNarrow ? 4 : width >= 100 ? 46 : 18
    if !isNarrow, width < 100 { paragraph(span, indent: indent, style: .faint) }
    paragraph(segment.explanation, indent: indent, most: 6)
    for setting in segment.settings {
      paragraph(setting.text, indent: indent, style: .warning, most: 3)
    }
  }
}

extension SettingAdvice {
  /// The advice as a clause: `setting patroni ttl: is 20 s, try 15 s`.
  var text: String {
    let name = "setting \(component) \(setting)"
    return switch (observed, suggested) {
    case (let observed?, let suggested?): "\(name): is \(observed), try \(suggested)"
    case (let observed?, nil): "\(name): is \(observed)"
    case (nil, let suggested?): "\(name): try \(suggested)"
    case (nil, nil): "\(name)"
    }
  }
}

extension DowntimeSegment {
  /// From when to when, in hours of the day.
  var spanText: String { "\(from.timeOfDay) to \(to?.timeOfDay ?? "the end of the log")" }

  /// How long it took, or that it is not over.
  var lengthText: String { duration.map { durationText($0) } ?? "not over" }
}

extension [DowntimeSegment] {
  /// Each segment's share of the outage in percent; empty where the outage is not over, as nothing can be said then.
  var shares: [String] {
    let durations = compactMap(\.duration)
    guard durations.count == count else { return map { _ in "" } }
    return wholePercents(durations).map { $0 == 0 ? "<1 %" : "\($0) %" }
  }
}

/// Shares of the sum in whole percent that add up to 100, by the largest remainder.
func wholePercents(_ values: [Double]) -> [Int] {
  let total = values.reduce(0, +)
  guard total.isFinite, total > 0, values.allSatisfy({ $0 >= 0 }) else { return values.map { _ in 0 } }
  let exact = values.map { $0 / total * 100 }
  var whole = exact.map { Int($0.rounded(.down)) }
  let byRemainder = exact.indices.sorted { (exact[$0] - Double(whole[$0]), $1) > (exact[$1] - Double(whole[$1]), $0) }
  for index in byRemainder.prefix(max(0, 100 - whole.reduce(0, +))) { whole[index] += 1 }
  return whole
}
