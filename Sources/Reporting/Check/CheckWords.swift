import Contract

extension CheckAnswer {
  /// The answer as the head of a section.
  var title: String {
    switch self {
    case .nowDangerous: "Do not do this now"
    case .stillNeeded: "Still needed"
    case .cannotTell: "Nothing asked tells"
    case .alreadyDone: "Already done"
    }
  }

  var style: Style {
    switch self {
    case .nowDangerous: .critical
    case .stillNeeded: .warning
    case .cannotTell: .plain
    case .alreadyDone: .good
    }
  }
}

extension CheckOutcome {
  /// The check in capitals, as a report's verdict stands.
  var word: String { words(of: rawValue).uppercased() }

  var style: Style {
    switch self {
    case .allDone: .good
    case .stillNeeded, .cannotTell: .warning
    case .nowDangerous, .noAnswer: .critical
    }
  }
}

extension Check {
  /// How many remedies have which answer, in a sentence.
  var headline: String {
    guard outcome != .noAnswer else {
      return "Nobody who was asked answered, so nothing is known of the cluster now."
    }
    guard !remedies.isEmpty else { return "The report advises nothing." }
    let counts: [(CheckAnswer, String)] = [
      (.nowDangerous, "dangerous now"), (.stillNeeded, "still needed"), (.alreadyDone, "already done"),
      (.cannotTell, "not to be told from here"),
    ]
    let parts = counts.compactMap { answer, words in
      let count = remedies.count { $0.answer == answer }
      return count == 0 ? nil : "\(count) \(words)"
    }
    return "Of \(countText(remedies.count, "remedy", plural: "remedies")), \(listText(parts))."
  }

  func remedies(_ answer: CheckAnswer) -> [CheckedRemedy] {
    Urgency.allCases.flatMap { urgency in remedies.filter { $0.answer == answer && $0.urgency == urgency } }
  }
}

extension CheckedMember {
  /// Who told it: the sources of its facts, each once.
  var toldBy: String {
    var sources: [String] = []
    for fact in facts where !sources.contains(fact.source) { sources.append(fact.source) }
    return sources.isEmpty ? "nobody" : sources.joined(separator: ", ")
  }
}

extension CheckedRemedy {
  /// Whether there is nothing to say of it that is not said of the other one.
  func hasSameAnswer(as other: CheckedRemedy) -> Bool {
    answer != .stillNeeded && answer == other.answer && reasons == other.reasons && wouldTell == other.wouldTell
      && commands == other.commands
  }
}
