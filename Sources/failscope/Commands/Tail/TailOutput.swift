import Contract
import Live
import LiveView
import Model
import Reporting

/// Where a live run shows what it sees: a screen, or lines.
struct TailOutput {
  private enum Form {
    case screen(TerminalScreen)
    case lines(LineForm)
  }

  /// How messages are written as lines.
  private struct LineForm {
    var format: TailFormat
    var events: EventChoice
  }

  private var form: Form

  init(_ options: TailOutputOptions) {
    let display = Display.standardOutput
    let canShow = display.isTerminal && (display.environment("TERM").map { $0 != "dumb" } ?? false)
    let format = options.format ?? (canShow ? .screen : .text)
    switch format {
    case .screen where canShow:
      form = .screen(TerminalScreen(isColored: display.isColored(options.color), reportPath: options.report))
    case .screen, .text: form = .lines(LineForm(format: .text, events: options.events ?? .notable))
    case .ndjson: form = .lines(LineForm(format: .ndjson, events: options.events ?? .all))
    }
  }

  /// The descriptors that keys come from.
  var descriptors: [Int32] {
    switch form {
    case .screen(let screen): screen.descriptors
    case .lines: []
    }
  }

  /// Takes the terminal.
  mutating func begin() throws {
    guard case .screen(var screen) = form else { return }
    screen.begin()
    form = .screen(screen)
  }

  /// Gives the terminal back as it was.
  mutating func end() {
    guard case .screen(var screen) = form else { return }
    screen.end()
    form = .screen(screen)
  }

  /// Writes messages as lines; a screen shows them when it is refreshed.
  ///
  /// Throws `ReaderGone` or `Failure`.
  mutating func write(_ messages: [LiveMessage], uptime: Double) throws {
    guard case .lines(let form) = form else { return }
    var text = ""
    for message in messages where Self.isWanted(message, form.events) {
      switch form.format {
      case .ndjson: text += message.json.line
      case .text, .screen: text += message.line
      }
      text += "\n"
    }
    if !text.isEmpty { try StandardOutput.writeUntilStopped(text) }
  }

  private static func isWanted(_ message: LiveMessage, _ choice: EventChoice) -> Bool {
    guard case .event(let event) = message else { return true }
    switch choice {
    case .all: return true
    case .notable: return !event.isRoutine
    case .none: return false
    }
  }

  /// Handles keys that were pressed; true if one asks to end.
  mutating func handleKeys(ready: Set<Int32>, state: LiveState) throws -> Bool {
    guard case .screen(var screen) = form else { return false }
    defer { form = .screen(screen) }
    return screen.handleKeys(ready: ready, state: state)
  }

  /// Draws the screen anew if it is time.
  mutating func refresh(_ state: LiveState, uptime: Double) throws {
    guard case .screen(var screen) = form else { return }
    defer { form = .screen(screen) }
    try screen.refresh(state, uptime: uptime)
  }

  /// Looks at the size of the terminal again.
  mutating func resize() {
    guard case .screen(var screen) = form else { return }
    screen.resize()
    form = .screen(screen)
  }

  /// Says what is wrong.
  mutating func complain(_ complaint: String) {
    guard case .screen(var screen) = form, screen.isShown else { return Complaint(complaint).write() }
    screen.show(complaint)
    form = .screen(screen)
  }

  /// Says in the end how the cluster is.
  mutating func finish(_ state: LiveState) throws {
    guard let verdict = state.report?.verdict else { return }
    switch form {
    case .screen(var screen):
      screen.end()
      form = .screen(screen)
      try StandardOutput.writeUntilStopped("\(verdict.status.rawValue): \(visible(verdict.headline))\n")
    case .lines(let form):
      switch form.format {
      case .ndjson: try StandardOutput.writeUntilStopped(Self.end(state, verdict).line + "\n")
      case .text, .screen:
        try StandardOutput.writeUntilStopped("END  \(verdict.status.rawValue): \(visible(verdict.headline))\n")
      }
    }
  }

  private static func end(_ state: LiveState, _ verdict: Verdict) -> JSONValue {
    .object([
      JSONMember("type", "end"),
      JSONMember("lines", .integer(state.lines)),
      JSONMember("events", .integer(state.events)),
      JSONMember("unrecognised_lines", .integer(state.unrecognizedLines)),
      JSONMember("verdict", .string(verdict.status.rawValue)),
      JSONMember("headline", .string(verdict.headline)),
    ])
  }
}
