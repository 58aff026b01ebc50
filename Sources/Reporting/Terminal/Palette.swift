import Contract

/// The few ways in which text stands out.
///
/// The words say the same, so that no colour is needed to understand them.
enum Style {
  case plain
  case strong
  case critical
  case warning
  case good
  case faint
  case command

  /// The SGR parameters; nil for text as it is.
  var sgr: String? {
    switch self {
    case .plain: nil
    case .strong: "1"
    case .critical: "1;31"
    case .warning: "33"
    case .good: "32"
    case .faint: "2"
    case .command: "1;36"
    }
  }

  /// `text` between the escape sequences of the style.
  func paint(_ text: String) -> String {
    guard let sgr, text.contains(where: { $0 != " " }) else { return text }
    return "\u{1b}[\(sgr)m\(text)\u{1b}[0m"
  }
}

/// A piece of a line in one style, which the page escapes.
struct Run {
  let text: String
  let style: Style

  init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

// MARK: - What the words of the contract look like

extension Severity {
  var style: Style {
    switch self {
    case .critical: .critical
    case .warning: .warning
    case .info: .plain
    }
  }
}

extension IncidentStatus {
  var style: Style {
    switch self {
    case .resolved: .good
    case .degraded: .warning
    case .ongoing: .critical
    }
  }
}

extension VerdictStatus {
  var style: Style {
    switch self {
    case .healthy, .recovered: .good
    case .degraded, .unknown: .warning
    case .outage: .critical
    }
  }
}

extension LostWritesVerdict {
  var style: Style {
    switch self {
    case .none: .good
    case .possible, .unknown: .warning
    case .confirmed: .critical
    }
  }
}

extension Urgency {
  var style: Style {
    switch self {
    case .now: .critical
    case .soon: .warning
    case .later: .plain
    }
  }
}
