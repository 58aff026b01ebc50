/// What the keys do and what the signs mean.
struct HelpPanel {
  let screen: LiveScreen

  private static let entries: [(key: String, meaning: String)] = [
    ("q", "quit (from another page: back)"),
    ("space, p", "hold the list of events, and let it run again"),
    ("↑ ↓ PgUp PgDn", "choose an event; Home the oldest, End lets the list run"),
    ("e, Enter", "show the chosen event's whole line, and what was read in it"),
    ("i", "the incident on the whole screen: phases, findings, remedies"),
    ("n, N", "the next incident, the one before"),
    ("c", "list one component's events, then the next one's, then all"),
    ("s", "save the report on all that was seen to a file"),
    ("?, h", "this page"),
    ("", ""),
    ("clients", "▪ writes work   ! some fail   x all fail   · no client heard"),
    ("▶", "holds the leader lock"),
    ("times", "UTC, as the logs tell them"),
  ]

  var lines: [ScreenLine] {
    [screen.heading("KEYS")]
      + Self.entries.map { entry in
        var line = screen.line()
        line.add("  " + entry.key, column: 17, .strong)
        line.add(entry.meaning)
        return line
      }
  }
}
