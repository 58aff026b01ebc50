package import Contract
import Model

/// The incidents as GitLab's `/timeline` quick actions, a line a milestone or turn of the story, to paste into a comment.
///
/// A quick action knows minutes only, so the text begins with the seconds. GitLab takes 280 characters of text.
package func gitLabTimeline(_ report: Report) -> String {
  report.incidents.flatMap { incident in
    GitLabTimeline(incident: incident).lines
  }.map { $0 + "\n" }.joined()
}

private struct GitLabTimeline {
  let incident: Incident

  /// GitLab's limits: characters of one event's text, and a comfortable number of events.
  private static let mostText = 270
  private static let mostLines = 40

  var lines: [String] {
    let story = FoldedEntry.fold(incident.timeline).map { fold in
      (at: fold.entry.at, text: "\(fold.entry.timeText) \(fold.entry.writer): \(fold.summary)")
    }
    let sorted = (milestones + story).enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
    return sorted.prefix(Self.mostLines).map { line(at: $0.element.at, $0.element.text) }
  }

  private var milestones: [(at: Instant, text: String)] {
    let marks = incident.milestones
    let named: [(Instant?, String)] = [
      (marks.faultAt, "FAULT: \(incident.title)"), (marks.firstErrorAt, "CLIENTS: the first operation fails"),
      (marks.lockFreeAt, "LOCK FREE: the leader lock can be taken"),
      (marks.leaderElectedAt, "LEADER: \(incident.newPrimary ?? "a member") holds the lock"),
      (marks.writableAt, "WRITABLE: \(incident.newPrimary ?? "the primary") accepts writes"),
      (marks.routedAt, "ROUTED: the proxy sends writes to the primary"),
      (marks.clientRecoveredAt, "CLIENTS RECOVERED: writes work again"),
      (marks.redundancyRestoredAt, "REDUNDANCY RESTORED: every member is back"),
    ]
    return named.compactMap { at, text in at.map { ($0, "\(coarseClockText($0)) \(text)") } }
  }

  private func line(at instant: Instant, _ text: String) -> String {
    let safe = GitLabText.escaped(text, limit: Self.mostText)
    let minute = coarseClockText(instant).prefix(5)
    return "/timeline \(safe) | \(dateText(instant)) \(minute)"
  }
}

/// Text for GitLab Markdown on one line.
enum GitLabText {
  private static let plainMarks: Set<Character> = [".", ",", ":", ";", "(", ")", "/", "'", "\"", "-", "=", "?", " "]

  /// The text with every mark escaped that GitLab would act on: emphasis, links, HTML, mentions, references; the bar,
  /// which ends the text of a quick action, becomes a slash.
  ///
  /// At most `limit` characters long.
  static func escaped(_ raw: String, limit: Int) -> String {
    var result = ""
    var length = 0
    for character in VisibleText(raw, limit: limit).text.replacing("://", with: ": //") {
      let piece = piece(for: character)
      length += piece.count
      guard length < limit else { return result + "…" }
      result += piece
    }
    return result
  }

  private static func piece(for character: Character) -> String {
    if character == "|" { return "/" }
    let isMark = character.isASCII && !character.isLetter && !character.isNumber && !plainMarks.contains(character)
    return isMark ? "\\\(character)" : String(character)
  }
}
