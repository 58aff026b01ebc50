package import Contract
package import Reporting

extension Redactor {
  /// The redactor for a report and whatever texts go out with it.
  package init(plan: RedactionPlan, for report: Report, texts: [String] = []) throws {
    var names = NameCollector()
    if !plan.hidden.isEmpty {
      names.take(report)
      _ = try report.mapTexts { text, _ in
        names.take(text)
        return text
      }
      for text in texts { names.take(text) }
    }
    self.init(plan: plan, names: names)
  }

  /// The report with every free text redacted, and with the ids of incidents that follow from the redacted names.
  package func redacted(_ report: Report) throws -> Report {
    var memory = RedactedTexts()
    var redacted = try report.mapTexts { text, key in
      Self.ownWords.contains(key) ? renamed(text) : memory.text(for: text, self.redacted)
    }
    for index in redacted.incidents.indices {
      let incident = redacted.incidents[index]
      redacted.incidents[index].id = Incident.identifier(
        cluster: redacted.cluster.name,
        kind: incident.kind,
        startedAt: incident.startedAt
      )
    }
    return redacted
  }

  /// Keys whose texts no log has written: a statement in an advised command must stay whole.
  private static let ownWords: Set<String> = ["commands", "preconditions", "verify"]

  /// The event with its texts redacted.
  package func redacted(_ event: PageEvent) -> PageEvent {
    var event = event
    event.source = redacted(event.source)
    event.component = redacted(event.component)
    event.member = event.member.map(redacted)
    event.text = redacted(event.text)
    return event
  }
}

/// Texts that were redacted already: one line is evidence of many claims, and a few names stand everywhere.
private struct RedactedTexts {
  private var known: [String: String] = [:]

  /// Bounds on what is remembered: texts, and bytes of each.
  private static let most = 4_096
  private static let longest = 512

  mutating func text(for text: String, _ redacted: (String) -> String) -> String {
    if let known = known[text] { return known }
    let result = redacted(text)
    guard text.utf8.count <= Self.longest else { return result }
    if known.count >= Self.most { known.removeAll(keepingCapacity: true) }
    known[text] = result
    return result
  }
}
