/// What the user can say about how incidents are told apart.
package struct CorrelationOptions: Hashable, Sendable {
  /// Log time without a symptom after which a repetition is a new incident, in seconds.
  package var quietPeriod: Double

  package init(quietPeriod: Double = 30) {
    self.quietPeriod = quietPeriod
  }
}
