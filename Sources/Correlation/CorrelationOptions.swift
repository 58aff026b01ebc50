package import Contract

/// What the user can say about how incidents are told apart.
package struct CorrelationOptions: Hashable, Sendable {
  /// Log time without a symptom after which a repetition is a new incident, in seconds.
  package var quietPeriod: Double

  /// Settings with other values, for which every write outage is worked out anew; each once, the last value of it.
  package var hypotheses: [HypotheticalSetting]

  /// What lines have shown that came before those at hand and are not held any more; nil if there were none.
  package var earlier: CorrelationContext?

  /// Whether lines follow that nobody has looked at yet, so that the end of those at hand is not the log's.
  package var goesOn = false

  package init(quietPeriod: Double = 30, hypotheses: [HypotheticalSetting] = []) {
    self.quietPeriod = quietPeriod
    self.hypotheses = hypotheses.enumerated().filter { index, setting in
      !hypotheses.dropFirst(index + 1).contains { $0.name == setting.name }
    }.map(\.element)
  }
}

/// What an earlier part of a log has shown of the cluster, for those who read a later part.
package struct CorrelationContext: Hashable, Sendable {
  package var clusterName: String?
  package var settings: [ObservedSetting]
  /// The members whose own lines there were.
  package var heardMembers: Set<String>

  package init(clusterName: String?, settings: [ObservedSetting], heardMembers: Set<String>) {
    self.clusterName = clusterName
    self.settings = settings
    self.heardMembers = heardMembers
  }
}
