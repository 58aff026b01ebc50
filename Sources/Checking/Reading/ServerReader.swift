import Model

/// Reads what `ServerQuestions` made a server answer.
package enum ServerReader {
  private static let mostRows = 500

  /// The facts of the answer that every role gets.
  package static func facts(_ json: LooseJSON) -> ServerFacts? {
    guard let isInRecovery = json["in_recovery"]?.boolean else { return nil }
    var facts = ServerFacts()
    facts.isInRecovery = isInRecovery
    facts.version = json["version"]?.text
    facts.position = lsn(json["position"])
    facts.replayedTo = lsn(json["replayed"])
    facts.isReplayPaused = json["replay_paused"]?.boolean
    facts.timeline = json["wal_file"]?.text.flatMap(timelineOfFile)
    for setting in json["settings"]?.elements?.prefix(mostRows) ?? [] {
      if let name = setting["name"]?.text { facts.settings[name] = setting["value"]?.scalar ?? "" }
    }
    readReceiver(json["receiver"], into: &facts)
    facts.standbys = (json["standbys"]?.elements ?? []).prefix(mostRows).compactMap(standby)
    facts.slots = (json["slots"]?.elements ?? []).prefix(mostRows).compactMap(slot)
    facts.archiver = ServerFacts.Archiver(
      lastArchived: instant(json["last_archived"]),
      lastFailed: instant(json["last_failed"])
    )
    facts.sessions = json["sessions"]?.integer
    return facts
  }

  /// Adds what needs `pg_monitor`: the identifier, and the timelines that a standby's own files show.
  package static func addControlData(_ json: LooseJSON, to facts: inout ServerFacts) {
    facts.systemIdentifier = json["system_identifier"]?.text
    guard facts.isInRecovery == true else { return }
    let told = [json["checkpoint_timeline"]?.integer, json["recovery_timeline"]?.integer, facts.timeline].compactMap {
      $0
    }
    let fromFiles = json["newest_wal_file"]?.text.flatMap(timelineOfFile)
    facts.timeline = (told + [fromFiles].compactMap { $0 }).filter { $0 > 0 }.max()
  }

  private static func readReceiver(_ json: LooseJSON?, into facts: inout ServerFacts) {
    guard facts.isInRecovery == true, let json else { return }
    // A role that may see nothing of the row sees its process number alone.
    guard let status = json["status"]?.text else {
      if json == .null { facts.hasReceiver = false }
      return
    }
    let connection = json["conninfo"]?.text ?? ""
    facts.hasReceiver = true
    facts.receiver = ServerFacts.Receiver(
      status: status,
      sender: json["sender_host"]?.text.map { Place(host: $0, port: json["sender_port"]?.integer ?? 5432) },
      slot: json["slot_name"]?.text,
      applicationName: value(of: "application_name", in: connection)
    )
    facts.timeline = json["received_tli"]?.integer ?? facts.timeline
    facts.position = [lsn(json["flushed_lsn"]), facts.position].compactMap { $0 }.max()
  }

  private static func standby(_ json: LooseJSON) -> ServerFacts.Standby? {
    guard let name = json["application_name"]?.text, let state = json["state"]?.text else { return nil }
    return ServerFacts.Standby(
      name: name,
      state: state,
      isSynchronous: ["sync", "quorum"].contains(json["sync_state"]?.text ?? ""),
      lag: json["lag"]?.integer.flatMap { $0 >= 0 ? $0 : nil }
    )
  }

  private static func slot(_ json: LooseJSON) -> ServerFacts.Slot? {
    guard let name = json["slot_name"]?.text else { return nil }
    return ServerFacts.Slot(
      name: name,
      isActive: json["active"]?.boolean ?? false,
      isPhysical: json["slot_type"]?.text == "physical",
      walStatus: json["wal_status"]?.text
    )
  }

  private static func lsn(_ json: LooseJSON?) -> LSN? { json?.text.flatMap { LSN($0) } }

  /// Milliseconds since 1970.
  private static func instant(_ json: LooseJSON?) -> Instant? {
    json?.integer.map { Instant(milliseconds: Int64($0)) }
  }

  /// The first eight digits of a WAL file's name, in hexadecimal.
  private static func timelineOfFile(_ name: String) -> Int? { Int(name.prefix(8), radix: 16) }

  /// A keyword's value in a connection string as libpq prints it, quoted only where it must be.
  static func value(of keyword: String, in connection: String) -> String? {
    for word in connection.split(separator: " ") where word.hasPrefix("\(keyword)=") {
      let value = word.dropFirst(keyword.count + 1).filter { $0 != "'" }
      return value.isEmpty ? nil : String(value)
    }
    return nil
  }
}
