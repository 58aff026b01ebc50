import Contract

/// Names the settings that bound a wait, with the value that the log gives away and a better one.
struct BoundingSettings: Sendable {
  let values: SettingValues

  /// A setting with the value that the log shows.
  func callAsFunction(_ name: SettingName, suggested: String? = nil) -> SettingAdvice {
    SettingAdvice(
      component: name.component,
      setting: name.setting,
      observed: values.text(name),
      suggested: suggested
    )
  }

  /// A setting that the log tells nothing of.
  func callAsFunction(_ component: String, _ setting: String, suggested: String?) -> SettingAdvice {
    SettingAdvice(component: component, setting: setting, observed: nil, suggested: suggested)
  }

  /// Patroni takes no `ttl` below 20 s, and none that the two other times do not fit into.
  var ttl: SettingAdvice {
    let isLowest = values.was(.ttl).map { $0.upper < 21 } ?? false
    return self(
      .ttl,
      suggested: isLowest ? nil : "lower, as long as loop_wait + 2 × retry_timeout ≤ ttl; 20 s is the least"
    )
  }

  var inter: SettingAdvice {
    let isShort = values.was(.inter).map { $0.upper <= 1.5 } ?? false
    return self(.inter, suggested: isShort ? nil : "1s")
  }

  /// The pooler's times, that first which the connection waited for.
  func pool(_ attempts: PoolerAttempts) -> [SettingAdvice] {
    let isShort = values.was(.serverLoginRetry).map { $0.likely < 1.5 } ?? false
    let hangs = attempts.longestHang > 1
    let retry = self(.serverLoginRetry, suggested: attempts.isShown && !attempts.isHanging && !isShort ? "1" : nil)
    let connect = self(.serverConnectTimeout, suggested: hangs ? "3" : nil)
    return attempts.isHanging ? [connect, retry] : [retry, connect]
  }

  var resolver: SettingAdvice {
    SettingAdvice(
      component: "system",
      setting: "resolv.conf timeout and attempts",
      observed: nil,
      suggested: "timeout:1 attempts:1, or addresses instead of names in primary_conninfo"
    )
  }

  func connectTimeout(inNameLookup: Bool) -> SettingAdvice {
    self(.connectTimeout, suggested: inNameLookup ? "3, which bounds a connection but no name look-up" : "3")
  }

  func clientRetry(_ rhythm: Double) -> SettingAdvice {
    SettingAdvice(
      component: SettingName.retryInterval.component,
      setting: SettingName.retryInterval.setting,
      observed: "\(secondsText((rhythm * 10).rounded() / 10))",
      suggested: nil
    )
  }
}
