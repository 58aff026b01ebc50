import Model

/// The words of the story: one short sentence for each kind of event, with this log's names.
enum StoryWords {
  /// The sentence of every kind of event that is told.
  static let templates: [EventKind: SentenceTemplate] = [
    agentSentences, leadershipSentences, storeSentences, serverSentences, recoverySentences, replicationSentences,
    memberSentences, faultSentences, clientSentences, routingSentences, runtimeSentences, listingSentences,
  ].reduce(into: [:]) { all, some in
    for (kind, text) in some { all[kind] = SentenceTemplate(text) }
  }

  /// What happened, in one sentence.
  static func sentence(for occurrence: Occurrence) -> String {
    templates[occurrence.kind]?.filled(from: occurrence) ?? occurrence.text
  }
}
