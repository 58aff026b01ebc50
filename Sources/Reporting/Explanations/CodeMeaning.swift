import Contract

/// The lists that a code can stand in; a word such as `wal_removed` stands in two.
package enum CodeFamily: String, CaseIterable, Hashable, Sendable {
  case incidentKind = "incident kind"
  case incidentStatus = "incident status"
  case phase
  case rootCause = "root cause"
  case finding
  case remedy
}

/// What one code of one family means, in plain text without markup.
package struct CodeMeaning: Hashable, Sendable {
  package var family: CodeFamily
  package var code: String
  /// A few words.
  package var title: String
  /// What it means; for a remedy, what it does.
  package var means: String
  /// Why it happens; for a remedy, why it helps.
  package var why: String
  /// How it is recognised in the logs; for a remedy, when it is advised.
  package var signs: String
  /// What to read or do next; for a remedy, what to mind and how to check it.
  package var next: String
  /// Codes to read on with.
  package var see: [String]

  /// The four parts with their headings.
  package var parts: [(heading: String, text: String)] {
    family == .remedy
      ? [("What it does", means), ("Why it helps", why), ("When it is advised", signs), ("Mind and check", next)]
      : [("What it means", means), ("Why it happens", why), ("In the logs", signs), ("What to do next", next)]
  }
}

// MARK: - One initialiser a family, so that a code cannot stand in the wrong one

extension CodeMeaning {
  init(
    _ code: IncidentKind,
    _ title: String,
    means: String,
    why: String,
    signs: String,
    next: String,
    see: [String] = []
  ) {
    self.init(.incidentKind, code.rawValue, title, [means, why, signs, next], see)
  }

  init(
    _ code: IncidentStatus,
    _ title: String,
    means: String,
    why: String,
    signs: String,
    next: String,
    see: [String] = []
  ) {
    self.init(.incidentStatus, code.rawValue, title, [means, why, signs, next], see)
  }

  init(_ code: PhaseName, _ title: String, means: String, why: String, signs: String, next: String, see: [String] = [])
  {
    self.init(.phase, code.rawValue, title, [means, why, signs, next], see)
  }

  init(
    _ code: RootCauseCode,
    _ title: String,
    means: String,
    why: String,
    signs: String,
    next: String,
    see: [String] = []
  ) {
    self.init(.rootCause, code.rawValue, title, [means, why, signs, next], see)
  }

  init(
    _ code: FindingCode,
    _ title: String,
    means: String,
    why: String,
    signs: String,
    next: String,
    see: [String] = []
  ) {
    self.init(.finding, code.rawValue, title, [means, why, signs, next], see)
  }

  init(_ code: RemedyCode, _ title: String, does: String, why: String, when: String, mind: String, see: [String] = []) {
    self.init(.remedy, code.rawValue, title, [does, why, when, mind], see)
  }

  /// The texts are written over several lines; the line breaks in them are blanks.
  private init(_ family: CodeFamily, _ code: String, _ title: String, _ texts: [String], _ see: [String]) {
    let flat = texts.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
    self.init(
      family: family,
      code: code,
      title: title,
      means: flat[0],
      why: flat[1],
      signs: flat[2],
      next: flat[3],
      see: see
    )
  }
}
