import Contract
import Model

/// A resource that ran out.
struct ResourceCauses {
  let facts: IncidentFacts

  var hypotheses: [Hypothesis] {
    [diskFull, connections, memory].filter { $0.confidence > 0 }
  }

  private var diskFull: Hypothesis {
    let lines = facts.of(.faultDiskFull)
    var hypothesis = Hypothesis(.diskFull, member: lines.first?.member ?? facts.subject, component: "postgresql")
    if let first = lines.first {
      hypothesis.support(0.9, "The server found no space left on its device.", by: [first, lines.last])
    }
    return hypothesis
  }

  private var connections: Hypothesis {
    let lines = facts.of(.faultConnectionsExhausted)
    var hypothesis = Hypothesis(
      .connectionsExhausted,
      member: lines.first?.member ?? facts.subject,
      component: "postgresql"
    )
    if let first = lines.first {
      hypothesis.support(
        facts.kind == .saturation ? 0.9 : 0.3,
        "Connection slots ran out (\(lines.count) refusals).",
        by: [first, lines.last]
      )
    }
    return hypothesis
  }

  private var memory: Hypothesis {
    let lines = facts.of(.faultOutOfMemory)
    var hypothesis = Hypothesis(.outOfMemory, member: lines.first?.member ?? facts.subject, component: "host")
    if facts.kind == .saturation, let first = lines.first { hypothesis.support(0.6, "Memory ran out.", by: [first]) }
    return hypothesis
  }
}
