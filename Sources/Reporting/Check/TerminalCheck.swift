package import Contract

/// The check for a terminal: what must not be done first, then what is still to do.
///
/// The rules are those of the report: no line is wider than the options' width except commands, and nothing that the cluster
/// said reaches the terminal as a control character.
package func terminal(_ check: Check, options: TerminalOptions = TerminalOptions()) -> String {
  var page = TerminalPage(options: options)
  page.outcome(of: check)
  page.notes(check.notes)
  page.members(of: check)
  for answer in [CheckAnswer.nowDangerous, .stillNeeded, .cannotTell, .alreadyDone] {
    page.remedies(of: check, answer)
  }
  page.sources(of: check)
  return page.text
}

extension TerminalPage {
  fileprivate mutating func outcome(of check: Check) {
    let word = check.outcome.word
    for (index, text) in wrapped(check.headline, indent: isNarrow ? 0 : word.count + 2, most: 4).enumerated() {
      if isNarrow, index == 0 { line(Run(word, check.outcome.style)) }
      let lead = isNarrow ? "" : (index == 0 ? word : "").padded(to: word.count + 2)
      line(Run(lead, check.outcome.style), Run(text))
    }
  }

  fileprivate mutating func notes(_ notes: [CheckNote]) {
    guard !notes.isEmpty else { return }
    blank()
    for note in notes {
      labelled(note.severity.rawValue, note.summary, style: note.severity == .critical ? .critical : .plain, column: 10)
    }
  }

  fileprivate mutating func members(of check: Check) {
    guard !check.cluster.members.isEmpty else { return }
    heading("Members now", note: check.cluster.name ?? "")
    let rows = check.cluster.members.map { [$0.name, $0.toldBy, $0.summary] }
    TerminalTable(columns: [.init("member"), .init("told by"), .init("now")], rows: rows).write(on: &self)
  }

  fileprivate mutating func remedies(of check: Check, _ answer: CheckAnswer) {
    let remedies = check.remedies(answer)
    guard !remedies.isEmpty else { return }
    heading(answer.title, note: answer == .stillNeeded ? "failscope runs none of this" : "")
    for (index, remedy) in remedies.enumerated() {
      // What is settled needs no room, and what goes for several is said once.
      let next = index + 1 < remedies.count ? remedies[index + 1] : nil
      head(of: remedy)
      if next?.hasSameAnswer(as: remedy) == true { continue }
      body(of: remedy)
      if next != nil, answer != .alreadyDone { blank() }
    }
  }

  private mutating func head(of remedy: CheckedRemedy) {
    line(
      Run("  "),
      Run(remedy.urgency.rawValue.uppercased().padded(to: 7), remedy.answer.style),
      Run(remedy.code.rawValue, .strong),
      Run(remedy.member.map { " on \($0)" } ?? "")
    )
  }

  private mutating func body(of remedy: CheckedRemedy) {
    for reason in remedy.reasons { paragraph(reason, indent: 4, style: reasonStyle(remedy.answer), most: 6) }
    if remedy.answer == .stillNeeded { paragraph("To do: \(remedy.summary)", indent: 4, most: 6) }
    for condition in remedy.preconditions { item("First: ", condition, style: .warning) }
    if let tell = remedy.wouldTell { item("Would tell: ", tell, style: .plain) }
    for text in remedy.commands { command(text, indent: 6) }
  }

  private func reasonStyle(_ answer: CheckAnswer) -> Style { answer == .nowDangerous ? .critical : .plain }

  fileprivate mutating func sources(of check: Check) {
    blank()
    rule()
    let answered = check.asked.filter(\.isAnswered).map(\.place)
    let silent = check.asked.filter { !$0.isAnswered }.map(\.place)
    let told = answered.isEmpty ? "Nobody answered" : "Asked \(listText(answered))"
    let rest = silent.isEmpty ? "" : "; no answer from \(listText(silent))"
    let until =
      check.reportedUntil.map { " The report's last line is of \(dateText($0)) \(coarseClockText($0)) UTC." } ?? ""
    paragraph(
      "\(told)\(rest), at \(dateText(check.checkedAt)) \(coarseClockText(check.checkedAt)) UTC.\(until) Nothing was changed. "
        + "`\(check.generator.name) explain CODE` tells what a code means.",
      style: .faint
    )
  }
}
