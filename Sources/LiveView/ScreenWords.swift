import Contract

extension VerdictStatus {
  var screenStyle: ScreenStyle {
    switch self {
    case .healthy, .recovered: .good
    case .degraded, .unknown: .warning
    case .outage: .critical
    }
  }
}

extension IncidentStatus {
  var screenStyle: ScreenStyle {
    switch self {
    case .resolved: .good
    case .degraded: .warning
    case .ongoing: .critical
    }
  }
}

extension Severity {
  var screenStyle: ScreenStyle {
    switch self {
    case .critical: .critical
    case .warning: .warning
    case .info: .plain
    }
  }
}

extension MemberState {
  var screenStyle: ScreenStyle {
    switch self {
    case .running, .streaming: .good
    case .stopped, .startFailed, .diverged, .unreachable: .critical
    case .unknown: .faint
    }
  }
}

/// A code as words: `read_only_window` as `read only window`.
func words(_ code: String) -> String { code.replacing("_", with: " ") }
