package import Contract

/// What is to be thought of one remedy, why, and what to type.
package struct Decision: Hashable, Sendable {
  /// What to type.
  package enum Commands: Hashable, Sendable {
    /// The remedy's own.
    case remedy
    /// What looks closer.
    case look([String])
    case none
  }

  package var answer: CheckAnswer
  package var reasons: [String]
  package var wouldTell: String?
  package var commands: Commands

  static func done(_ reasons: String...) -> Decision {
    Decision(answer: .alreadyDone, reasons: reasons, commands: .none)
  }

  static func needed(_ reasons: String...) -> Decision {
    Decision(answer: .stillNeeded, reasons: reasons, commands: .remedy)
  }

  static func dangerous(_ reason: String, look commands: [String] = []) -> Decision {
    Decision(answer: .nowDangerous, reasons: [reason], commands: commands.isEmpty ? .none : .look(commands))
  }

  static func unclear(_ reason: String, tell: String, look commands: [String] = []) -> Decision {
    Decision(
      answer: .cannotTell,
      reasons: [reason],
      wouldTell: tell,
      commands: commands.isEmpty ? .none : .look(commands)
    )
  }
}
