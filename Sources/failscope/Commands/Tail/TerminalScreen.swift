import Contract
import Live
import LiveView
import Model
import Reporting

/// The screen on a terminal: takes it, draws on it, reads its keys, and gives it back.
struct TerminalScreen {
  private static let enter = "\u{1b}[?1049h\u{1b}[?25l\u{1b}[2J"
  /// What undoes everything that was asked of the terminal.
  private static let leave = "\u{1b}[0m\u{1b}[?25h\u{1b}[?1049l"
  /// Drawn at most so often, in seconds, and at least so often for the numbers that grow.
  private static let shortest = 0.1
  private static let longest = 1.0

  private let isColored: Bool
  private let reportPath: String?
  private let keyboard = TerminalKeyboard()
  private var view = ViewState()
  private var drawn: [String] = []
  private var size = ScreenSize(columns: 80, rows: 24)
  private var lastDrawn = -Double.infinity
  private var isDirty = true
  /// What the logs' clock showed when the last line came, to let it run on.
  private var clock: (latest: Instant, uptime: Double)?
  private var lastLines = -1
  private var lastReport: Instant?
  private var lastRevision = 0
  private(set) var isShown = false

  init(isColored: Bool, reportPath: String?) {
    self.isColored = isColored
    self.reportPath = reportPath
  }

  var descriptors: [Int32] { keyboard.descriptor.map { [$0] } ?? [] }

  // MARK: - Taking and giving back

  mutating func begin() {
    guard !isShown else { return }
    keyboard.begin()
    isShown = true
    drawn = []
    resize()
    try? System.write(Array(Self.enter.utf8), to: System.standardOutput)
  }

  mutating func end() {
    guard isShown else { return }
    isShown = false
    try? System.write(Array(Self.leave.utf8), to: System.standardOutput)
    keyboard.end()
  }

  mutating func resize() {
    let found = System.size(of: System.standardOutput) ?? (80, 24)
    size = ScreenSize(columns: found.columns, rows: found.rows)
    drawn = []
    isDirty = true
  }

  // MARK: - Keys

  /// True if a key asks to end.
  mutating func handleKeys(ready: Set<Int32>, state: LiveState) -> Bool {
    guard let descriptor = keyboard.descriptor, ready.contains(descriptor) else { return false }
    for key in Key.keys(in: keyboard.read()) {
      isDirty = true
      switch view.press(key, in: state) {
      case .quit: return true
      case .saveReport: save(state)
      case nil: continue
      }
    }
    return false
  }

  private mutating func save(_ state: LiveState) {
    guard let report = state.report else {
      view.message = "There is nothing to save yet."
      return
    }
    let path = reportPath ?? "failscope-report.md"
    do {
      try Destination.file(path).write(try ReportText(report, path: path).text)
      view.message = "The report is in \(path)."
    } catch let failure as Failure {
      view.message = failure.message
    } catch {
      view.message = "The report cannot be written: \(error)"
    }
  }

  /// Shows a sentence at the bottom until the next key.
  mutating func show(_ message: String) {
    view.message = message
    isDirty = true
  }

  // MARK: - Drawing

  /// Draws the screen if something changed, or if a second has passed.
  ///
  /// Throws `ReaderGone` if the terminal is gone.
  mutating func refresh(_ state: LiveState, uptime: Double) throws {
    guard isShown else { return }
    noteChanges(state, uptime)
    let age = uptime - lastDrawn
    guard age >= Self.longest || (isDirty && age >= Self.shortest) else { return }
    lastDrawn = uptime
    isDirty = false
    let screen = LiveScreen(state: state, view: view, size: size, now: now(uptime))
    try draw(screen.lines.map { isColored ? $0.painted : $0.text })
  }

  private mutating func noteChanges(_ state: LiveState, _ uptime: Double) {
    if state.lines != lastLines {
      lastLines = state.lines
      isDirty = true
      if let latest = state.latest, latest != clock?.latest { clock = (latest, uptime) }
    }
    let revision = state.incidents.reduce(0) { $0 + $1.revision }
    if revision != lastRevision || state.report?.input.lastAt != lastReport {
      lastRevision = revision
      lastReport = state.report?.input.lastAt
      isDirty = true
    }
  }

  private func now(_ uptime: Double) -> Instant? {
    clock.map { $0.latest.advanced(bySeconds: uptime - $0.uptime) }
  }

  /// Writes the rows that differ from those on the terminal.
  private mutating func draw(_ rows: [String]) throws {
    var text = ""
    for (index, row) in rows.enumerated() where !drawn.indices.contains(index) || drawn[index] != row {
      text += "\u{1b}[\(index + 1);1H\(row)\u{1b}[K"
    }
    drawn = rows
    guard !text.isEmpty else { return }
    do {
      try StandardOutput.writeUntilStopped(text)
    } catch {
      throw ReaderGone()
    }
  }
}
