/// A setting with the value that somebody asks about: `patroni.ttl=15`, `haproxy.inter=1s`.
package struct HypotheticalSetting: Hashable, Sendable {
  package var name: SettingName
  /// Seconds for a length of time, a number for a count, 1 or 0 for on and off.
  package var value: Double

  package init(name: SettingName, value: Double) {
    self.name = name
    self.value = value
  }

  /// What is wrong with a setting as it was typed.
  package enum Mistake: Error, Hashable, Sendable {
    case noValue
    case unknown(String)
    case badValue(SettingName)

    /// What to tell about it, without a full stop.
    package var message: String {
      switch self {
      case .noValue: "Write settings as patroni.ttl=15,haproxy.inter=1s"
      case .unknown(let name):
        "There is no setting '\(name.prefix(80))' to ask about; known are "
          + SettingName.allCases.map(\.rawValue).joined(separator: ", ")
      case .badValue(let name):
        switch name.kind {
        case .duration: "\(name.rawValue) is a length of time below a day, such as 15, 3s or 500ms"
        case .count: "\(name.rawValue) is a count from 1 to 100"
        case .onOff: "\(name.rawValue) is true or false"
        }
      }
    }
  }

  /// Reads one setting.
  ///
  /// A bare number is in the unit of the component: seconds, for HAProxy and PostgreSQL's `wal_receiver_timeout` and
  /// `tcp_user_timeout` milliseconds. Throws what is wrong with it.
  package init(_ text: Substring) throws(Mistake) {
    guard let equals = text.firstIndex(of: "=") else { throw .noValue }
    let spelled = Self.trimmed(text[..<equals])
    guard let name = SettingName(spelled: spelled) else { throw .unknown(spelled) }
    let value = Self.trimmed(text[text.index(after: equals)...]).lowercased()
    let number: Double? =
      switch name.kind {
      case .duration(let unit): Self.seconds(value, unit: unit)
      case .count: Int(value).flatMap { (1...100).contains($0) ? Double($0) : nil }
      case .onOff: ["true": 1, "on": 1, "yes": 1, "false": 0, "off": 0, "no": 0][value]
      }
    guard let number else { throw .badValue(name) }
    self.init(name: name, value: number)
  }

  /// Reads settings separated by commas.
  package static func list(_ text: String) throws(Mistake) -> [HypotheticalSetting] {
    var settings: [HypotheticalSetting] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      settings.append(try HypotheticalSetting(part))
    }
    return settings
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  private static func seconds(_ text: String, unit: Double) -> Double? {
    let units = [("ms", 0.001), ("min", 60), ("m", 60), ("s", 1)]
    let found = units.first { text.hasSuffix($0.0) }
    let digits = found.map { text.dropLast($0.0.count) } ?? text[...]
    guard let number = Double(digits), digits.allSatisfy({ $0.isNumber || $0 == "." }) else { return nil }
    let seconds = number * (found?.1 ?? unit)
    return seconds < 86_400 ? seconds : nil
  }

  /// The value as a person writes it: `15 s`, `3`, `true`.
  package var valueText: String {
    switch name.kind {
    case .duration: secondsText(value)
    case .count: String(Int(value))
    case .onOff: value > 0 ? "true" : "false"
    }
  }
}

/// Seconds with as many digits after the point as they need, three at most: `3 s`, `0.5 s`, `16.054 s`.
func secondsText(_ seconds: Double) -> String {
  let milliseconds = Int((min(max(seconds, -1e9), 1e9) * 1000).rounded())
  guard milliseconds % 1000 != 0 else { return "\(milliseconds / 1000) s" }
  var digits = String(abs(milliseconds) % 1000)
  digits = String(repeating: "0", count: 3 - digits.count) + digits
  while digits.hasSuffix("0") { digits.removeLast() }
  return "\(milliseconds < 0 ? "-" : "")\(abs(milliseconds) / 1000).\(digits) s"
}
