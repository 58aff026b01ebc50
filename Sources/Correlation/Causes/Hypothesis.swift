import Contract
import Model

/// A possible root cause with what speaks for it and against it.
struct Hypothesis {
  let code: RootCauseCode
  var member: String?
  var component: String?
  private(set) var support: [(weight: Double, text: String, by: [Occurrence])] = []
  private(set) var refutation: [(weight: Double, text: String)] = []

  init(_ code: RootCauseCode, member: String? = nil, component: String? = nil) {
    self.code = code
    self.member = member
    self.component = component
  }

  /// Adds a reason for it; `weight` (0…1) is how far it alone would convince.
  mutating func support(_ weight: Double, _ text: String, by: [Occurrence?] = []) {
    support.append((weight, text, by.compactMap { $0 }))
  }

  /// Adds a reason against it; `weight` (0…1) is how much of the confidence it takes away.
  mutating func refute(_ weight: Double, _ text: String) {
    refutation.append((weight, text))
  }

  /// Independent reasons add up as 1 − Π(1 − weight); reasons against take their share of that.
  var confidence: Double {
    let doubt = support.reduce(1.0) { $0 * (1 - $1.weight) }
    let kept = refutation.reduce(1.0) { $0 * (1 - $1.weight) }
    return ((1 - doubt) * kept * 100).rounded() / 100
  }

  var evidence: [Occurrence] {
    support.sorted { $0.weight > $1.weight }.flatMap(\.by)
  }

  var explanation: String {
    support.sorted { $0.weight > $1.weight }.map(\.text).joined(separator: " ")
  }

  var rejection: String {
    refutation.max { $0.weight < $1.weight }?.text ?? "Less of the evidence speaks for it."
  }
}
