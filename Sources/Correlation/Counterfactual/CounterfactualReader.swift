import Contract
import Model

/// Says what a write outage would have been with other settings.
///
/// Every wait of the recorded graph is worked out anew behind those that it depends on: what had slack may grow into
/// it, and what is shortened beside the critical path changes nothing.
struct CounterfactualReader: Sendable {
  let path: CriticalPath
  let values: SettingValues
  let hypotheses: [HypotheticalSetting]

  /// Nil if nothing was asked, or writes did not fail.
  func whatIf() -> WhatIf? {
    guard !hypotheses.isEmpty, let outage = path.outage else { return nil }
    var result = WhatIf(settings: hypotheses.map(described), violations: SettingRules(values: values).violations())
    guard let graph = path.graph, let duration = outage.duration else {
      result.unanswered = ["Writes do not work at the end of the log: what ends the outage is not known."]
      return result
    }
    let stop = WritesStop(path: path, graph: graph, values: values)
    let replay = Replay(graph: graph, values: values)
    let doubt = (
      below: max(0, duration - (outage.minimum ?? duration)), above: max(0, (outage.maximum ?? duration) - duration)
    )
    if stop.isAvoided {
      return avoided(result, stop, graph: graph, duration: duration, most: stop.isSure ? 0 : duration + doubt.above)
    }
    let length = (replay.end - stop.shift).notNegative
    result.duration = length.likely.roundedToMilliseconds
    result.minimum = max(0, length.lower - doubt.below).roundedToMilliseconds
    result.maximum = (length.upper + doubt.above).roundedToMilliseconds
    result.segments = segments(of: replay, after: stop, graph: graph)
    result.unanswered = UnansweredSettings(graph: graph, stop: stop, replay: replay, hypotheses: hypotheses).sentences()
    return result
  }

  private func described(_ setting: HypotheticalSetting) -> WhatIfSetting {
    WhatIfSetting(
      component: setting.name.component,
      setting: setting.name.setting,
      value: setting.valueText,
      observed: values.text(setting.name)
    )
  }

  private func avoided(
    _ result: WhatIf,
    _ stop: WritesStop,
    graph: WaitGraph,
    duration: Double,
    most: Double
  ) -> WhatIf {
    var result = result
    result.duration = 0
    result.minimum = 0
    result.maximum = most.roundedToMilliseconds
    let recorded = recordedParts(of: graph)
    result.segments = graph.path.enumerated().map { index, step in
      let seconds = recorded[step.wait.name] ?? 0
      return WhatIfSegment(
        waitingFor: step.wait.waitingFor,
        recorded: seconds.roundedToMilliseconds,
        duration: 0,
        minimum: 0,
        maximum: most > 0 ? seconds.roundedToMilliseconds : 0,
        explanation: index == 0 ? stop.reason ?? "" : "It would not have been waited for."
      )
    }
    return result
  }

  /// Each wait's part of the outage as it was, in seconds; the client's pause before the fault counts to the first one.
  private func recordedParts(of graph: WaitGraph) -> [Wait.Name: Double] {
    var parts: [Wait.Name: Double] = [:]
    for step in graph.path { parts[step.wait.name] = step.to.seconds(since: step.from) }
    if let first = graph.path.first { parts[first.wait.name, default: 0] += first.from.seconds(since: graph.from) }
    return parts
  }

  /// Why a wait that no setting of those asked about bounds takes the time that it takes.
  private func unchanged(_ wait: Wait, _ length: Double, _ was: Double?) -> String {
    if let was, abs(length - was) < 0.0015 { return "As it was: no setting that was asked about bounds it." }
    return "No setting that was asked about bounds it, but what it follows would have ended at another moment."
  }

  /// The waits of both paths, in the order of the graph.
  private func segments(of replay: Replay, after stop: WritesStop, graph: WaitGraph) -> [WhatIfSegment] {
    let recorded = recordedParts(of: graph)
    let parts = replay.parts(from: stop.shift.likely)
    var isFirst = true
    return graph.waits.compactMap { wait in
      let was = recorded[wait.name]
      let part = parts[wait.name]
      guard was != nil || part != nil else { return nil }
      defer { isFirst = false }
      let outcome = replay.outcomes[wait.name]
      let length = part ?? 0
      let spread = outcome?.length ?? Estimate(length)
      let reason =
        part == nil
        ? "It would no longer have been waited for."
        : [isFirst ? stop.reason : nil, outcome?.reason].compactMap { $0 }.joined(separator: " ")
      return WhatIfSegment(
        waitingFor: wait.waitingFor,
        recorded: was?.roundedToMilliseconds,
        duration: length.roundedToMilliseconds,
        minimum: part == nil ? 0 : max(0, length - (spread.likely - spread.lower)).roundedToMilliseconds,
        maximum: part == nil ? 0 : (length + (spread.upper - spread.likely)).roundedToMilliseconds,
        explanation: reason.isEmpty ? unchanged(wait, length, was) : reason
      )
    }
  }
}
