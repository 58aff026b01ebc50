import Contract
import Model

// Settings: what Patroni's dynamic configuration and the servers say.

extension Question {
  private var withoutConfiguration: Decision {
    .unclear(
      "Patroni's configuration was not read.",
      tell: "Patroni's REST API: --patroni.",
      look: [showConfiguration]
    )
  }

  /// `enable_failsafe`.
  var failsafe: Decision { flag("failsafe_mode") }

  /// `enable_synchronous_mode`: `on`, `true` or, from Patroni 4.0 on, `quorum`.
  var synchronousMode: Decision {
    guard let configuration = cluster.configuration else { return withoutConfiguration }
    guard let mode = configuration["synchronous_mode"], mode == "quorum" || Self.isOn(mode) else {
      return .needed("synchronous_mode is \(configuration["synchronous_mode"] ?? "not set").")
    }
    let synchronous = cluster.members.filter { ["sync_standby", "quorum_standby"].contains($0.role?.value ?? "") }
    return synchronous.isEmpty
      ? .done(
        "synchronous_mode is \(mode).",
        "No member is a synchronous standby now, so commits may wait or be alone."
      )
      : .done("synchronous_mode is \(mode), and \(listText(synchronous.map(\.name))) acknowledges commits.")
  }

  /// `enable_rewind`: pg_rewind needs hints in the WAL or checksums.
  var rewindSetting: Decision {
    guard let configuration = cluster.configuration else { return withoutConfiguration }
    guard let value = configuration["postgresql.use_pg_rewind"], Self.isOn(value) else {
      return .needed("use_pg_rewind is \(configuration["postgresql.use_pg_rewind"] ?? "not set").")
    }
    let servers = cluster.members.compactMap { member in member.server.map { (member.name, $0.settings) } }
    let unfit = servers.filter { !Self.isOn($0.1["wal_log_hints"]) && !Self.isOn($0.1["data_checksums"]) }.map(\.0)
    guard unfit.isEmpty else {
      return .needed("use_pg_rewind is on, but \(listText(unfit)) has neither data checksums nor wal_log_hints.")
    }
    guard !servers.isEmpty else {
      return Self.isOn(configuration["postgresql.parameters.wal_log_hints"])
        ? .done("use_pg_rewind and wal_log_hints are on in Patroni's configuration.")
        : .unclear(
          "use_pg_rewind is on; whether the servers have checksums is not known.",
          tell: "SHOW data_checksums on a server: --dsn."
        )
    }
    return .done("use_pg_rewind is on, and \(listText(servers.map(\.0))) can be rewound.")
  }

  /// `enable_watchdog`: Patroni tells only of one that failed.
  var watchdog: Decision {
    let failed = cluster.members.filter { $0.agent?.isWatchdogFailed == true }.map(\.name)
    guard failed.isEmpty else { return .needed("\(listText(failed)) has no working watchdog.") }
    return .unclear(
      "Patroni does not tell whether it has a watchdog.",
      tell: "The section watchdog of each member's Patroni file, and its log when it becomes leader."
    )
  }

  /// `use_replication_slots`: Patroni's default is true.
  var slots: Decision {
    guard let configuration = cluster.configuration else { return withoutConfiguration }
    if let value = configuration["postgresql.use_slots"], !Self.isOn(value) {
      return .needed("postgresql.use_slots is \(value).")
    }
    let isSet = configuration["postgresql.use_slots"] != nil
    let setting = isSet ? "postgresql.use_slots is on." : "postgresql.use_slots is not set, and on by default."
    guard let server = leader.name.flatMap({ cluster.member($0).server }) else { return .done(setting) }
    let lost = server.slots.filter { $0.walStatus == "lost" }.map(\.name)
    guard lost.isEmpty else {
      return .needed(
        setting,
        "\(leaderName) has given up the WAL of \(listText(lost)): max_slot_wal_keep_size was too small."
      )
    }
    let active = server.slots.filter { $0.isPhysical && $0.isActive }.map(\.name)
    return .done(setting, active.isEmpty ? "No slot is in use now." : "In use: \(listText(active)).")
  }

  /// `keep_more_wal`, `wal_keep_size`: held against what the remedy's command sets.
  var walKept: Decision {
    guard let wanted = wantedSetting("wal_keep_size").flatMap(Self.megabytes) else {
      return .unclear("The remedy names no size.", tell: "SHOW wal_keep_size on the leader.", look: [showConfiguration])
    }
    let servers = cluster.members.filter { remedy.code == .walKeepSize || $0.name == leader.name }
    let known = servers.compactMap { member in
      member.server?.settings["wal_keep_size"].flatMap(Self.megabytes).map { (member.name, $0) }
    }
    guard !known.isEmpty else {
      guard let set = cluster.configuration?["postgresql.parameters.wal_keep_size"].flatMap(Self.megabytes) else {
        return .unclear("wal_keep_size was not read.", tell: "SHOW wal_keep_size: --dsn.", look: [showConfiguration])
      }
      return sizes([("Patroni's configuration", set)], wanted: wanted)
    }
    return sizes(known, wanted: wanted)
  }

  private func sizes(_ known: [(String, Int)], wanted: Int) -> Decision {
    let text = listText(known.map { "\($0.1) MB on \($0.0)" })
    return known.allSatisfy { $0.1 >= wanted }
      ? .done("wal_keep_size is \(text).") : .needed("wal_keep_size is \(text); the report advises \(wanted) MB.")
  }

  /// `member_slots_ttl`: 30 min by default, Patroni 4.0 or later.
  var slotsKept: Decision {
    guard let configuration = cluster.configuration else { return withoutConfiguration }
    guard let value = configuration["member_slots_ttl"] else {
      return .needed("member_slots_ttl is not set: slots of absent members are dropped after 30 min.")
    }
    guard let seconds = Self.seconds(value), let wanted = wantedSetting("member_slots_ttl").flatMap(Self.seconds) else {
      return .unclear("member_slots_ttl is \(value).", tell: "Whether that is longer than a maintenance takes.")
    }
    return seconds >= wanted
      ? .done("member_slots_ttl is \(value).") : .needed("member_slots_ttl is \(value); the report advises more.")
  }

  /// `set_connect_timeout`: addresses in place of names, or look-ups that fail fast.
  var names: Decision {
    let hosts = cluster.members.compactMap { $0.role == nil ? nil : $0.place?.host }
    guard !hosts.isEmpty else {
      return .unclear(
        "The members' addresses in the DCS were not read.",
        tell: "GET /cluster: --patroni.",
        look: [list]
      )
    }
    let names = hosts.filter { !Self.isAddress($0) }
    guard names.isEmpty else {
      return .unclear(
        "Members are known by names (\(listText(names))), so a look-up can hold up a promotion.",
        tell: "/etc/resolv.conf on each member: timeout and attempts."
      )
    }
    return .done("All members are known by addresses: \(listText(hosts)).")
  }

  /// `add_connection_headroom`: what counts is the busiest time.
  var connections: Decision {
    guard let server = (target.map { cluster.member($0) } ?? leader.name.map { cluster.member($0) })?.server,
      let used = server.sessions, let most = server.settings["max_connections"].flatMap({ Int($0) }), most > 0
    else {
      return .unclear("The sessions were not counted.", tell: "pg_stat_activity: --dsn.")
    }
    let text = "\(used) of \(most) connections are in use now"
    return Double(used) >= 0.8 * Double(most)
      ? .needed("\(text): more than four fifths.")
      : .unclear("\(text).", tell: "How many there are at the busiest time, from monitoring.")
  }

  /// `fix_archiving`.
  var archiving: Decision {
    guard let server = (target.map { cluster.member($0) } ?? leader.name.map { cluster.member($0) })?.server else {
      return .unclear("The archiver was not asked.", tell: "pg_stat_archiver: --dsn.")
    }
    if let mode = server.settings["archive_mode"], mode == "off" {
      return .unclear("archive_mode is off.", tell: "Whether WAL is to be archived at all.")
    }
    guard let archiver = server.archiver, let last = archiver.lastArchived ?? archiver.lastFailed else {
      return .unclear(
        "Nothing was archived, and nothing failed, since the counters began.",
        tell: "pg_stat_archiver, later."
      )
    }
    if let failed = archiver.lastFailed, failed >= (archiver.lastArchived ?? failed) {
      return .needed("The last attempt to archive failed, at \(failed.rfc3339).")
    }
    return .done("A segment was archived at \(last.rfc3339), and none has failed since.")
  }

  /// `investigate_stall`.
  var stall: Decision {
    guard target != nil else { return withoutTarget }
    if let problem = member.serverProblem, problem.failure == .silent {
      return .needed("\(name) does not answer a query in time: \(problem.words).")
    }
    guard let server = member.server, let seconds = server.answeredIn else {
      return .unclear("\(name)'s server was not asked.", tell: "A query: --dsn.")
    }
    let milliseconds = Int((seconds * 1000).rounded(.up))
    return .done(
      "\(name) answers queries, this one in \(milliseconds) ms. What it waited for is only in the logs of then."
    )
  }

  /// `fix_clock`: the clocks of all that answered are held against ours.
  var clock: Decision {
    guard let target else { return withoutTarget }
    let others = cluster.members.filter { $0.name != target }.compactMap { $0.server?.clockOffset }
    guard let own = member.server?.clockOffset, let first = others.first else {
      return .unclear(
        "No two clocks were compared.",
        tell: "chronyc tracking on \(name), or --dsn for several members."
      )
    }
    let all = others.dropFirst().reduce(first) { min($0.lowerBound, $1.lowerBound)...max($0.upperBound, $1.upperBound) }
    let least = max(own.lowerBound - all.upperBound, all.lowerBound - own.upperBound, 0)
    let most = max(own.upperBound - all.lowerBound, all.upperBound - own.lowerBound)
    if least > Self.tolerableOffset {
      return .needed("\(name)'s clock is at least \(Self.short(least)) s off the others'.")
    }
    return most <= Self.tolerableOffset
      ? .done("\(name)'s clock is within \(Self.short(most)) s of the others'.")
      : .unclear(
        "\(name)'s clock is within \(Self.short(most)) s of the others'.",
        tell: "chronyc tracking on \(name)."
      )
  }

  /// Below it, the report does not call a clock skewed either.
  private static let tolerableOffset = 0.5
}

// MARK: - Values

extension Question {
  private func flag(_ key: String) -> Decision {
    guard let configuration = cluster.configuration else { return withoutConfiguration }
    return Self.isOn(configuration[key])
      ? .done("\(key) is on.") : .needed("\(key) is \(configuration[key] ?? "not set").")
  }

  /// The value that the remedy's own command gives a setting.
  private func wantedSetting(_ name: String) -> String? {
    for command in remedy.commands {
      for word in command.split(separator: " ") where word.hasPrefix("\(name)=") {
        return String(word.dropFirst(name.count + 1))
      }
    }
    return nil
  }

  static func isOn(_ value: String?) -> Bool {
    ["on", "true", "yes", "1"].contains(value?.lowercased() ?? "")
  }

  /// `2GB`, `2048MB`, or a bare number of megabytes, which is the unit of `wal_keep_size`.
  static func megabytes(_ text: String) -> Int? { number(text, units: ["": 1, "MB": 1, "GB": 1024, "TB": 1_048_576]) }

  /// `24h`, `30min`, or a bare number of seconds.
  static func seconds(_ text: String) -> Int? {
    number(text, units: ["": 1, "s": 1, "min": 60, "h": 3600, "d": 86_400])
  }

  private static func number(_ text: String, units: [String: Int]) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count).filter { $0 != " " }
    guard let number = Int(digits), let factor = units[String(unit)] else { return nil }
    let product = number.multipliedReportingOverflow(by: factor)
    return product.overflow ? nil : product.partialValue
  }

  /// Whether a host is an address of version 4 or 6, and no name.
  static func isAddress(_ host: String) -> Bool {
    if host.contains(":") { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }

  private static func short(_ seconds: Double) -> String {
    let hundredths = Int((min(seconds, 1e9) * 100).rounded(.up))
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
