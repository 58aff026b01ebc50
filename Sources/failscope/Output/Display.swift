import ArgumentParser
import Reporting

/// When to colour.
enum ColorChoice: String, OptionWord {
  case auto
  case always
  case never
}

/// What the place where a report is shown can do.
struct Display: Sendable {
  static let usualWidth = 80

  /// Whether the report goes to a terminal, and not to a file or another program.
  var isTerminal: Bool
  /// The variables of the environment that matter: `NO_COLOR`, `TERM`, `COLUMNS`.
  var environment: @Sendable (String) -> String?
  /// What the terminal says its width is.
  var columns: Int?

  /// Standard output, as it is now.
  static var standardOutput: Display {
    Display(
      isTerminal: System.isTerminal(System.standardOutput),
      environment: { System.environment($0) },
      columns: System.columns(of: System.standardOutput)
    )
  }

  /// A file: as wide as usual, and without colour.
  static let file = Display(isTerminal: false, environment: { _ in nil }, columns: nil)

  /// `NO_COLOR` (no-color.org) and `TERM=dumb` speak against colour; `always` overrules them.
  func isColored(_ choice: ColorChoice) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto: isTerminal && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
    }
  }

  /// The width that the user asked for, or the terminal's, or `COLUMNS`, or 80.
  func width(_ choice: Int?) -> Int {
    choice ?? columns ?? environment("COLUMNS").flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil } ?? Self.usualWidth
  }
}
