/// The rules that Patroni's times have to keep.
///
/// From Patroni's documentation of dynamic configuration; 3.2 and later adjust what breaks the first one and say so.
struct SettingRules: Sendable {
  let values: SettingValues

  /// The least that Patroni takes, in seconds.
  private static let leasts: [(SettingName, Double)] = [(.ttl, 20), (.loopWait, 1), (.retryTimeout, 3)]

  /// What the values that are asked about break, or may break.
  func violations() -> [String] {
    let low = Self.leasts.compactMap { name, least -> String? in
      guard let value = values.asked(name), value < least else { return nil }
      return "\(name.rawValue)=\(secondsText(value)): Patroni takes no less than \(secondsText(least))."
    }
    guard values.isAsked(.ttl, .loopWait, .retryTimeout) else { return low }
    return low + [times].compactMap { $0 }
  }

  /// Whether the values that the log shows certainly break the rule of the three times.
  var isBroken: Bool {
    guard let ttl = values.now(.ttl), let loop = values.now(.loopWait), let retry = values.now(.retryTimeout) else {
      return false
    }
    return loop.lower + 2 * retry.lower > ttl.upper
  }

  /// The rule of the three times; where one of them is not known, what would have to hold.
  private var times: String? {
    let rule = "loop_wait + 2 × retry_timeout ≤ ttl"
    let names: [SettingName] = [.ttl, .loopWait, .retryTimeout]
    let unknown = names.filter { values.now($0) == nil }
    guard let ttl = values.now(.ttl), let loop = values.now(.loopWait), let retry = values.now(.retryTimeout) else {
      return unknownTimes(rule, unknown)
    }
    let sum = loop + retry + retry
    let numbers = "\(text(loop)) + 2 × \(text(retry)) against \(text(ttl))"
    if sum.lower > ttl.upper { return "\(rule) is broken: \(numbers)." }
    return sum.upper > ttl.lower + 0.5 ? "\(rule) may be broken: \(numbers)." : nil
  }

  private func unknownTimes(_ rule: String, _ unknown: [SettingName]) -> String? {
    let names = unknown.map(\.setting).joined(separator: " and ")
    guard unknown == [.retryTimeout], let ttl = values.now(.ttl), let loop = values.now(.loopWait) else {
      return "\(rule) cannot be checked: the log does not show \(names)."
    }
    let most = max(0, (ttl.likely - loop.likely) / 2)
    return "\(rule) holds only if retry_timeout, which the log does not show, is at most "
      + "\(secondsText((most * 10).rounded() / 10)); Patroni's default is 10 s."
  }

  private func text(_ value: Estimate) -> String {
    value.upper - value.lower < 1.1
      ? secondsText(value.likely.rounded()) : "\(Int(value.lower.rounded(.up))) to \(Int(value.upper.rounded(.down))) s"
  }
}
