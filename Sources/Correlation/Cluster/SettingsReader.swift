import Contract
import Model

/// Reads settings off the log: those that lines print, and those that its rhythm gives away.
struct SettingsReader {
  let observations: Observations
  let incidents: [IncidentFacts]

  func settings() -> [ObservedSetting] {
    let known =
      PatroniSettings(observations: observations, incidents: incidents).settings()
      + ProxySettings(observations: observations, incidents: incidents).settings()
      + PoolerSettings(observations: observations).settings()
      + ServerSettings(observations: observations).settings()
    return judged(known) + brokenRules
  }

  /// The settings, with the rule that Patroni's times break if they certainly do.
  private func judged(_ settings: [ObservedSetting]) -> [ObservedSetting] {
    guard SettingRules(values: SettingValues(observed: settings)).isBroken else { return settings }
    return settings.map { setting in
      guard setting.component == "patroni", setting.setting == SettingName.ttl.setting else { return setting }
      var judged = setting
      judged.problem =
        "loop_wait + 2 × retry_timeout is more than ttl: the lock may expire while its holder still tries."
      return judged
    }
  }

  /// What the components themselves complain about.
  private var brokenRules: [ObservedSetting] {
    observations.occurrences.of(.faultConfiguration).prefix(5).map { line in
      ObservedSetting(
        component: line.component.name,
        setting: line.fields[.setting] ?? "configuration",
        value: line.fields[.value],
        from: .logged,
        evidence: [observations.evidence(line)],
        problem: line.fields[.error] ?? line.text
      )
    }
  }
}
