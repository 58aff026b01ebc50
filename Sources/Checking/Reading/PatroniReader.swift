import Model

/// Reads what Patroni's REST API and `patronictl --format json` print.
///
/// The forms are those of Patroni 2.1 to 4.1: `cluster_as_json` (`patroni/utils.py`), `do_GET_patroni`, `do_GET_history`
/// and `do_GET_config` (`patroni/api.py`), `output_members` and `history` (`patroni/ctl.py`).
package enum PatroniReader {
  /// More members than any cluster has.
  private static let mostMembers = 200
  private static let mostPromotions = 10_000
  private static let mostSettings = 2000

  /// `GET /patroni`; nil if it is none.
  package static func agent(_ json: LooseJSON) -> AgentFacts? {
    guard json["state"]?.text != nil || json["patroni"] != nil else { return nil }
    var facts = AgentFacts()
    facts.scope = json["patroni"]?["scope"]?.text
    facts.name = json["patroni"]?["name"]?.text
    facts.version = json["patroni"]?["version"]?.text
    facts.role = json["role"]?.text
    facts.state = json["state"]?.text
    facts.replicationState = json["replication_state"]?.text
    facts.timeline = timeline(json["timeline"])
    let log = json["xlog"]
    facts.position = lsn(log?["location"] ?? log?["received_location"] ?? log?["replayed_location"])
    facts.isReplayPaused = log?["paused"]?.boolean
    facts.systemIdentifier = json["database_system_identifier"]?.text
    facts.isPaused = json["pause"]?.boolean ?? false
    facts.isUnlocked = json["cluster_unlocked"]?.boolean ?? false
    facts.isFailsafeActive = json["failsafe_mode_is_active"]?.boolean ?? false
    facts.isWatchdogFailed = json["watchdog_failed"]?.boolean ?? false
    facts.isRestartPending = json["pending_restart"]?.boolean ?? false
    facts.storeSeen = instant(json["dcs_last_seen"])
    facts.standbys = (json["replication"]?.elements ?? []).prefix(mostMembers).compactMap(standby)
    return facts
  }

  private static func standby(_ json: LooseJSON) -> ServerFacts.Standby? {
    guard let name = json["application_name"]?.text, let state = json["state"]?.text else { return nil }
    let isSynchronous = ["sync", "quorum"].contains(json["sync_state"]?.text ?? "")
    return ServerFacts.Standby(name: name, state: state, isSynchronous: isSynchronous)
  }

  /// `GET /cluster`; nil if it is none.
  package static func cluster(_ json: LooseJSON) -> Listing? {
    guard let members = json["members"]?.elements else { return nil }
    return Listing(
      scope: json["scope"]?.text,
      members: members.prefix(mostMembers).compactMap(member),
      isPaused: json["pause"]?.boolean ?? false
    )
  }

  private static func member(_ json: LooseJSON) -> ListedMember? {
    guard let name = json["name"]?.text, let role = json["role"]?.text else { return nil }
    return ListedMember(
      name: name,
      role: role,
      state: json["state"]?.text ?? "",
      timeline: timeline(json["timeline"]),
      lag: lag(json["lag"] ?? json["receive_lag"] ?? json["replay_lag"]),
      place: json["host"]?.text.map { Place(host: $0, port: port(json["port"]) ?? 5432) },
      agentPlace: json["api_url"]?.text.flatMap { place(ofURL: $0) },
      isRestartPending: json["pending_restart"]?.boolean ?? false
    )
  }

  /// `patronictl list --format json`; nil if it is none.
  package static func list(_ json: LooseJSON) -> Listing? {
    guard let rows = json.elements, !rows.isEmpty else { return nil }
    let members = rows.prefix(mostMembers).compactMap(row)
    guard members.count == min(rows.count, mostMembers) else { return nil }
    let scopes = Set(rows.compactMap { $0["Cluster"]?.text })
    return Listing(scope: scopes.count == 1 ? scopes.first : nil, members: members)
  }

  /// The titles of the columns are the keys; the role is in words (`Sync Standby`), the lag in MB.
  private static func row(_ json: LooseJSON) -> ListedMember? {
    guard let name = json["Member"]?.text, let role = json["Role"]?.text else { return nil }
    let megabytes = json["Lag in MB"]?.integer ?? json["Receive Lag"]?.integer
    let pending = json["Pending restart"]?.text
    return ListedMember(
      name: name,
      role: role.lowercased().split(separator: " ").joined(separator: "_"),
      state: json["State"]?.text ?? "",
      timeline: timeline(json["TL"]),
      lag: megabytes.flatMap { (0..<1_000_000_000).contains($0) ? $0 * 1_048_576 : nil },
      place: json["Host"]?.text.flatMap(host),
      isRestartPending: pending == "*"
    )
  }

  /// `GET /history`, and `patronictl history --format json`; nil if it is none.
  package static func history(_ json: LooseJSON) -> [Promotion]? {
    guard let rows = json.elements else { return nil }
    let promotions = rows.suffix(mostPromotions).compactMap { row -> Promotion? in
      guard let from = timeline(row[0] ?? row["TL"]) else { return nil }
      return Promotion(
        from: from,
        lsn: lsn(row[1] ?? row["LSN"]),
        at: (row[3] ?? row["Timestamp"])?.text.flatMap { Instant(rfc3339: $0) },
        leader: (row[4] ?? row["New Leader"])?.text
      )
    }
    return promotions.count == min(rows.count, mostPromotions) ? promotions : nil
  }

  /// `GET /config`; nil if it is none.
  package static func configuration(_ json: LooseJSON) -> DynamicConfiguration? {
    guard case .object = json else { return nil }
    var values: [String: String] = [:]
    flatten(json, prefix: "", depth: 0, into: &values)
    return DynamicConfiguration(values)
  }

  private static func flatten(_ json: LooseJSON, prefix: String, depth: Int, into values: inout [String: String]) {
    guard depth < 6, values.count < mostSettings else { return }
    if case .object(let members) = json {
      for (key, value) in members {
        flatten(value, prefix: prefix.isEmpty ? key : "\(prefix).\(key)", depth: depth + 1, into: &values)
      }
    } else if let scalar = json.scalar {
      values[prefix] = scalar
    }
  }
}

// MARK: - Values

extension PatroniReader {
  private static func timeline(_ json: LooseJSON?) -> Int? {
    json?.integer.flatMap { $0 > 0 && $0 <= Int(UInt32.max) ? $0 : nil }
  }

  private static func lag(_ json: LooseJSON?) -> Int? { json?.integer.flatMap { $0 >= 0 ? $0 : nil } }

  /// Bytes, or `0/4015EB0`.
  private static func lsn(_ json: LooseJSON?) -> LSN? {
    guard let json else { return nil }
    if let bytes = json.integer { return UInt64(exactly: bytes).map { LSN(bytes: $0) } }
    return json.text.flatMap { LSN($0) }
  }

  private static func port(_ json: LooseJSON?) -> Int? {
    json?.integer.flatMap { (1...65_535).contains($0) ? $0 : nil }
  }

  private static func instant(_ json: LooseJSON?) -> Instant? {
    guard let seconds = json?.seconds, seconds > 0, seconds < 1e11 else { return nil }
    return Instant(milliseconds: Int64(seconds * 1000))
  }

  /// `pg1`, `pg1:5433`, `[::1]:5433`.
  private static func host(_ text: String) -> Place? {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]) else {
      return Place(host: text, port: 5432)
    }
    let host = text[..<colon]
    guard !host.contains(":") || host.hasPrefix("[") else { return Place(host: text, port: 5432) }
    return Place(host: host.filter { $0 != "[" && $0 != "]" }, port: port)
  }

  /// Where a URL such as `http://pg1:8008/patroni` leads.
  package static func place(ofURL url: String) -> Place? {
    guard let scheme = url.firstRange(of: "://") else { return nil }
    let authority = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let bare = authority.split(separator: "@", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    guard !bare.isEmpty else { return nil }
    let hasPort = bare.hasSuffix("]") ? false : bare.contains(":")
    return host(hasPort ? bare : "\(bare):\(url.hasPrefix("https:") ? 443 : 80)")
  }
}
