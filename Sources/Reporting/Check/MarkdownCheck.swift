package import Contract

/// The check as Markdown for a ticket of GitHub or GitLab.
package func markdown(_ check: Check) -> String {
  var document = MarkdownDocument()
  document.add("**\(check.outcome.word)** \(MarkdownText.prose(check.headline))", name: "Outcome", .frame)
  let notes = check.notes.prefix(40).map {
    "- **\($0.severity.rawValue)** <code>\($0.code.rawValue)</code>: \(MarkdownText.prose($0.summary))"
  }
  document.add(notes.joined(separator: "\n"), name: "Notes", .answers)
  let rows = check.cluster.members.prefix(60).map {
    [MarkdownText.code($0.name, limit: 100), MarkdownText.prose($0.summary, limit: 300), $0.toldBy]
  }
  document.add(MarkdownText.table(["member", "now", "told by"], Array(rows)), name: "Members now", .story)
  for answer in [CheckAnswer.nowDangerous, .stillNeeded, .cannotTell, .alreadyDone] { document.add(check, answer) }
  document.add("*\(footer(of: check))*", name: "Sources", .frame)
  return document.rendered()
}

private func footer(of check: Check) -> String {
  let sources = check.asked.prefix(40).map { source in
    MarkdownText.prose(source.place, limit: 100) + (source.isAnswered ? "" : " (no answer)")
  }
  let list = sources.isEmpty ? "nobody" : listText(sources)
  return "Asked \(list), at \(dateText(check.checkedAt)) \(coarseClockText(check.checkedAt)) UTC. Nothing was changed."
}

extension MarkdownDocument {
  fileprivate mutating func add(_ check: Check, _ answer: CheckAnswer) {
    let remedies = check.remedies(answer)
    guard !remedies.isEmpty else { return }
    add("### \(answer.title)", name: answer.title, .frame)
    let importance: Importance =
      switch answer {
      case .nowDangerous, .stillNeeded: .answers
      case .cannotTell: .details
      case .alreadyDone: .story
      }
    for remedy in remedies.prefix(60) {
      add(Self.text(of: remedy), name: "Remedy \(remedy.code.rawValue)", importance)
    }
  }

  private static func text(of remedy: CheckedRemedy) -> String {
    let place = remedy.member.map { " on \(MarkdownText.code($0, limit: 100))" } ?? ""
    let reasons = remedy.reasons.map { MarkdownText.prose($0) }.joined(separator: " ")
    var parts = ["**\(remedy.urgency.rawValue.uppercased())** <code>\(remedy.code.rawValue)</code>\(place): \(reasons)"]
    if remedy.answer == .stillNeeded { parts.append("To do: \(MarkdownText.prose(remedy.summary))") }
    let conditions = remedy.preconditions.prefix(6).map { "- [ ] First: \(MarkdownText.prose($0, limit: 400))" }
    if !conditions.isEmpty { parts.append(conditions.joined(separator: "\n")) }
    if let tell = remedy.wouldTell { parts.append("Would tell: \(MarkdownText.prose(tell, limit: 400))") }
    let commands = remedy.commands.prefix(10).map { command in
      command.utf8.count <= 2_000 ? command : "# a command of \(bytesText(command.utf8.count)) is in the JSON form"
    }
    if !commands.isEmpty { parts.append(MarkdownText.fenced(commands, language: "sh")) }
    return parts.joined(separator: "\n\n")
  }
}
