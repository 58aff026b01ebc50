import Analyzer
import Clocks
import Model
import Reporting

extension AnalysisResult {
  /// All events for the list of the HTML report.
  var pageEvents: [PageEvent] {
    let members = SourceMembers(self)
    return events.map { timed in
      PageEvent(
        at: timed.at,
        uncertainty: timed.uncertainty,
        source: members.name(of: timed.event),
        line: timed.event.line,
        component: timed.event.component.name,
        member: members.member(of: timed.event),
        kind: timed.event.kind.rawValue,
        text: timed.event.text
      )
    }
  }
}
