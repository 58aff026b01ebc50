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
    var redacted = try report.mapTexts { text, key in
      Self.ownWords.contains(key) ? renamed(text) : self.redacted(text)
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
