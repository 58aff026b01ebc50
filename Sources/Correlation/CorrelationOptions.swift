/// What the user can say about how incidents are told apart.
package struct CorrelationOptions: Hashable, Sendable {
  /// Log time without a symptom after which a repetition is a new incident, in seconds.
  package var quietPeriod: Double

  /// Settings with other values, for which every write outage is worked out anew; each once, the last value of it.
  package var hypotheses: [HypotheticalSetting]

  package init(quietPeriod: Double = 30, hypotheses: [HypotheticalSetting] = []) {
    self.quietPeriod = quietPeriod
    self.hypotheses = hypotheses.enumerated().filter { index, setting in
      !hypotheses.dropFirst(index + 1).contains { $0.name == setting.name }
    }.map(\.element)
  }
}
