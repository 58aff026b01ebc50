import Contract
import Model

/// PostgreSQL's settings that lines print when they change or are compared.
struct ServerSettings {
  let observations: Observations

  /// More than these are not told.
  private static let most = 12
  /// Words of settings whose values may hold what nobody should read.
  private static let confidential = ["password", "passphrase", "command", "conninfo", "secret"]

  func settings() -> [ObservedSetting] {
    [connectTimeout].compactMap { $0 } + changed
  }

  /// The last value that was printed of each setting, in the order in which they were first met.
  private var changed: [ObservedSetting] {
    var names: [String] = []
    var last: [String: Occurrence] = [:]
    for line in observations.occurrences.of(.serverParameterChanged) {
      guard let name = line.fields[.setting], let value = line.fields[.value], !value.isEmpty,
        !Self.confidential.contains(where: { name.lowercased().contains($0) })
      else { continue }
      if last[name] == nil { names.append(name) }
      last[name] = line
    }
    return names.prefix(Self.most).compactMap { name in
      last[name].map { line in
        ObservedSetting(
          component: "postgresql",
          setting: name,
          value: line.fields[.value],
          from: .logged,
          evidence: [observations.evidence(line)]
        )
      }
    }
  }

  /// `connect_timeout` of the last `primary_conninfo` that was printed whole; 0, which is none, if it is not in it.
  private var connectTimeout: ObservedSetting? {
    let line = observations.occurrences.of(.serverParameterChanged).last {
      $0.fields[.setting] == "primary_conninfo" && $0.fields[.value]?.contains("host=") == true
    }
    guard let line, let conninfo = line.fields[.value] else { return nil }
    let word = conninfo.split(separator: " ").last { $0.hasPrefix("connect_timeout=") }
    let seconds = word.map { Int($0.dropFirst("connect_timeout=".count).filter(\.isNumber)) } ?? 0
    guard let seconds, (0...1_000_000).contains(seconds) else { return nil }
    return ObservedSetting(
      component: "postgresql",
      setting: SettingName.connectTimeout.setting,
      value: String(seconds),
      from: .logged,
      evidence: [observations.evidence(line)]
    )
  }
}
