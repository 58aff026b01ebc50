package import Contract
import Model

/// The report as one self-contained page: no network, no external script, nothing but its own style and script may run.
///
/// It is complete without a script; with one, the swimlanes zoom, marks show their log lines, the list of all events can
/// be searched and commands copied. `events` are all events of the log in time order; of more than 100,000 the
/// page holds the first and says so. Log text is escaped throughout.
package func html(_ report: Report, events: [PageEvent] = []) -> String {
  HTMLReport(report: report, events: events).page
}

/// The page around the incidents.
struct HTMLReport {
  let report: Report
  let events: [PageEvent]

  private static let mostEvents = 100_000
  private static let mostIncidents = 50

  var page: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <title>\(HTMLText.escaped(title, limit: 200))</title>
    <style>
    \(PageAssets.style)
    </style>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the report</a>
    \(header)
    <main id="main">
    \(sections.filter { !$0.isEmpty }.joined(separator: "\n"))
    </main>
    \(footer)
    <script type="application/json" id="events">\(HTMLText.data(.array(listed.map(\.row))))</script>
    <script>
    \(PageAssets.script)
    </script>
    </body>
    </html>

    """
  }

  private var policy: String {
    "default-src 'none'; style-src 'sha256-\(PageAssets.styleHash)'; script-src 'sha256-\(PageAssets.scriptHash)'; "
      + "base-uri 'none'; form-action 'none'"
  }

  private var title: String {
    report.incidents.count == 1 ? report.incidents[0].title : "failscope: \(report.verdict.headline)"
  }

  private var listed: ArraySlice<PageEvent> { events.prefix(Self.mostEvents) }

  private var header: String {
    let name = report.cluster.name.map { " of cluster \(HTMLText.code($0))" } ?? ""
    return """
      <header>
      <p class="soft">Incident report\(name)</p>
      <p>\(HTMLText.badge(report.verdict.status.rawValue)) <strong>\(HTMLText.escaped(report.verdict.headline))</strong></p>
      \(overview)
      </header>
      """
  }

  private var overview: String {
    guard report.incidents.count > 1 else { return "" }
    let rows = report.incidents.enumerated().map { index, incident in
      [
        "<a href=\"#incident-\(index + 1)\">\(index + 1)</a>",
        HTMLText.escaped("\(dateText(incident.startedAt)) \(coarseClockText(incident.startedAt))"),
        HTMLText.badge(incident.status.rawValue), HTMLText.escaped(incident.outageCell),
        HTMLText.escaped(incident.title, limit: 300),
      ]
    }
    return HTMLText.table("All incidents", ["#", "Began (UTC)", "Status", "No writes", "What"], rows, numbers: [0, 3])
  }

  private var sections: [String] {
    let shown = report.incidents.prefix(Self.mostIncidents)
    let incidents = shown.enumerated().map { index, incident in
      HTMLIncident(incident: incident, number: index + 1, report: report, events: events).markup
    }
    let rest = report.incidents.count - shown.count
    let note = rest > 0 ? "<p>\(countText(rest, "more incident")): see the JSON report.</p>" : ""
    return incidents + [note, quiet, members, otherFindings, coverage, eventList]
  }

  private var quiet: String {
    guard report.incidents.isEmpty else { return "" }
    let lines = report.input.lines
    return
      "<h1>No incident</h1><p>\(HTMLText.escaped(countText(lines, "line"))) were read; nothing broke, as far as they show.</p>"
  }

  private var members: String {
    let rows = report.cluster.members.map { member in member.row.map { HTMLText.escaped($0, limit: 300) } }
    let table = HTMLText.table("Members", ["Member", "Role", "State", "Timeline", "Also known as"], rows, numbers: [3])
    return table.isEmpty ? "" : "<h2>Members at the end of the log</h2>\n\(table)"
  }

  private var otherFindings: String {
    guard !report.findings.isEmpty else { return "" }
    return "<h2>Findings outside the incidents</h2>\n"
      + report.findings.map(HTMLIncident.finding).joined(separator: "\n")
  }

  private var coverage: String {
    let rows = report.coverage.filter(\.isLacking).map { item in
      [
        HTMLText.escaped(item.name),
        item.source == nil ? "missing" : item.gaps.isEmpty ? "partly understood" : "silent",
        HTMLText.escaped(item.gaps.prefix(3).map { "\(spanText(from: $0.from, to: $0.to))" }.joined(separator: "; ")),
        HTMLText.escaped(item.wouldChange ?? ""),
      ]
    }
    let table = HTMLText.table("Coverage", ["Log", "Is", "When", "Could change"], rows)
    let clocks = report.input.sources.compactMap { source in
      source.clockNote.map { "<li>clock of \(HTMLText.code(source.name)): \(HTMLText.escaped($0))</li>" }
    }
    let warnings = report.input.warnings.prefix(20).map { "<li>\(HTMLText.escaped($0, limit: 500))</li>" }
    let notes = (clocks + warnings).isEmpty ? "" : "<ul>\((clocks + warnings).joined(separator: "\n"))</ul>"
    return (table + notes).isEmpty ? "" : "<h2>What the log does not show</h2>\n\(table)\n\(notes)"
  }

  private var eventList: String {
    guard !events.isEmpty else { return "" }
    let count = report.input.eventCount
    let cut =
      listed.count < count
      ? "<p>Here are \(groupedText(listed.count)) of \(groupedText(count)): of routine that nothing happened near, most "
        + "is only counted, and of more than \(groupedText(Self.mostEvents)) the first are here.</p>" : ""
    return """
      <section class="requires-script" aria-labelledby="all-events">
      <h2 id="all-events">Events of the log</h2>\(cut)
      <div class="tools requires-script"><label for="search">Search</label> <input id="search" type="search" autocomplete="off">\
      <span id="count" class="soft" role="status"></span></div>
      <div class="scroller" role="list" tabindex="0" aria-label="Events of the log"></div>
      </section>
      """
  }

  private var footer: String {
    let input = report.input
    let name = HTMLText.escaped("\(report.generator.name) \(report.generator.version)")
    return """
      <footer><p class="soft">\(name): \(HTMLText.escaped(countText(input.lines, "line"))) read, \
      \(groupedText(input.recognisedLines)) recognised. Times are UTC.</p><p id="status" role="status" class="soft"></p></footer>
      """
  }
}
