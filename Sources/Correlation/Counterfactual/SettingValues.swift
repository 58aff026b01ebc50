import Contract

/// What is known of the settings: as they were, by the log, and as somebody asks about them.
struct SettingValues: Sendable {
  private var observed: [SettingName: Estimate] = [:]
  /// Settings of which the log gives a value away, not only bounds.
  private var stated: Set<SettingName> = []
  private var hypotheses: [SettingName: Double] = [:]

  init(observed settings: [ObservedSetting], hypotheses: [HypotheticalSetting] = []) {
    for setting in settings where setting.problem == nil {
      // What PostgreSQL prints of its own settings is in units of many kinds, and bounds no wait.
      guard let name = SettingName(component: setting.component, setting: setting.setting),
        setting.component != "postgresql" || name == .connectTimeout, observed[name] == nil
      else { continue }
      observed[name] = Self.estimate(of: setting)
      if setting.value != nil { stated.insert(name) }
    }
    for hypothesis in hypotheses { self.hypotheses[hypothesis.name] = hypothesis.value }
  }

  private static func estimate(of setting: ObservedSetting) -> Estimate? {
    let digits = setting.value.map { $0.prefix { $0.isNumber || $0 == "." } }
    let value = digits.flatMap { Double($0) } ?? (setting.value == "true" ? 1 : setting.value == "false" ? 0 : nil)
    guard let lower = setting.lower, let upper = setting.upper else { return value.map { Estimate($0) } }
    guard let value else { return Estimate(between: lower, and: upper) }
    return Estimate(lower: lower, likely: value, upper: upper)
  }

  /// The value in the log; nil if the log does not show it.
  func was(_ name: SettingName) -> Estimate? { observed[name] }

  /// The value that is asked about, else that of the log.
  func now(_ name: SettingName) -> Estimate? { hypotheses[name].map { Estimate($0) } ?? observed[name] }

  /// The value that is asked about, if one is.
  func asked(_ name: SettingName) -> Double? { hypotheses[name] }

  func isAsked(_ names: SettingName...) -> Bool { names.contains { hypotheses[$0] != nil } }

  /// The value in the log in words: `3 s`, `16 to 24 s`; nil if the log does not show it.
  func text(_ name: SettingName) -> String? {
    guard let value = observed[name] else { return nil }
    let lower = value.lower.rounded(.up)
    let upper = value.upper.rounded(.down)
    switch name.kind {
    case .onOff: return value.likely > 0 ? "true" : "false"
    case .count: return stated.contains(name) ? "\(Int(value.likely))" : "\(Int(lower)) to \(Int(upper))"
    case .duration:
      if stated.contains(name) { return secondsText(value.likely) }
      return lower < upper ? "\(Int(lower)) to \(Int(upper)) s" : secondsText(value.likely)
    }
  }
}
