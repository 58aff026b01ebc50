import Contract
import Model

/// Clients' writes reached a server in recovery.
enum ReadOnlyWritesFinding: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let refusals = ReadOnlyWrites(facts: facts).refusals
    guard let first = refusals.first else { return [] }
    let member = first.member.map { " \($0)" } ?? ""
    return [
      facts.finding(
        .readOnlyWrites,
        .warning,
        member: first.member,
        by: [first, refusals.last == first ? nil : refusals.last],
        "\(refusals.count) \(refusals.count == 1 ? "write was" : "writes were") refused because the server\(member) was in recovery."
      )
    ]
  }
}

/// The proxy sent traffic to a dead server after others knew.
enum SlowProxyDetection: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard let old = facts.oldPrimary, let fault = facts.milestones.faultAt,
      let down = facts.observations.proxies.firstDown(of: old, in: Window(from: fault, to: facts.window.to)),
      down.at.seconds(since: fault) >= 5, [.failover, .splitBrain, .switchover, .primaryOutage].contains(facts.kind)
    else { return [] }
    let sent = facts.observations.occurrences.of(.proxyConnected, in: Window(from: fault, to: down.at))
    return [
      facts.finding(
        .slowProxyDetection,
        .warning,
        member: old,
        confidence: 0.9,
        by: [sent.last, down.by],
        "The proxy took \(Int(down.at.seconds(since: fault).rounded())) s to take \(old) out."
      )
    ]
  }
}

/// The proxy had no server.
enum NoServerAvailable: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let spans = facts.draft.all(.routing)
    guard let first = spans.first else { return [] }
    let seconds = first.window.seconds.map { " for \(Int($0.rounded())) s" } ?? ""
    return [
      facts.finding(
        .noServerAvailable,
        facts.kind == .switchover ? .warning : .critical,
        by: first.evidence,
        "The proxy had no server for writes\(seconds)."
      )
    ]
  }
}

/// A server went up and down repeatedly.
enum ProxyFlapping: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let inside = facts.observations.proxies.transitions(in: facts.window)
    let byServer = Dictionary(grouping: inside) { "\($0.backend)/\($0.server)" }
    return byServer.sorted { $0.key < $1.key }.compactMap { name, transitions in
      let downs = transitions.filter { !$0.isUp }
      guard downs.count >= 3, let first = downs.first, let last = downs.last, last.at.seconds(since: first.at) < 300
      else { return nil }
      return facts.finding(
        .proxyFlapping,
        .warning,
        member: first.member,
        by: [first.by, last.by],
        "\(name) went down \(downs.count) times."
      )
    }
  }
}

/// The pooler waited on a dead connection, or out its login retry, although the proxy had a live server.
enum PoolerStuck: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard let routed = facts.milestones.routedAt, let connection = PoolReconnection(facts: facts).by,
      connection.at.seconds(since: routed) > 3, facts.kind != .replicaOutage
    else { return [] }
    let before = Window(from: routed.advanced(bySeconds: -20), to: connection.at.advanced(bySeconds: 0.5))
    let dead = facts.observations.poolers.serverClosed.within(before).last {
      ["crashed", "connect_failed", "connect_timeout", "login_failed"].contains($0.reason ?? "")
    }
    let refused = facts.observations.poolers.clientsFailed.within(before).last { $0.reason == "server_login" }
    guard dead != nil || refused != nil else { return [] }
    return [
      facts.finding(
        .poolerStuck,
        .warning,
        by: [dead, refused, connection],
        "The pooler connected \(Int(connection.at.seconds(since: routed).rounded())) s after the proxy had a live server."
      )
    ]
  }
}

/// Acknowledged writes are missing, or may be.
enum WritesLost: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let lost = LostWritesReader(facts: facts).lostWrites()
    let code: FindingCode
    switch lost.verdict {
    case .confirmed: code = .writesLost
    case .possible: code = .writesAtRisk
    case .none, .unknown: return []
    }
    var finding = facts.finding(
      code,
      code == .writesLost ? .critical : .warning,
      member: facts.newPrimary,
      by: [],
      lost.explanation
    )
    finding.confidence = lost.verdict == .confirmed ? 0.9 : 0.6
    finding.evidence = lost.evidence
    return [finding]
  }
}

/// Ids jump after a promotion without any loss: sequences are logged up to 32 values ahead.
enum SequenceGap: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    guard facts.change != nil, let outage = facts.writeOutages.first, let before = outage.lastGood,
      let after = outage.firstGood,
      let old = before.fields.integer(.rowID), let new = after.fields.integer(.rowID), new > old + 1, new - old <= 33
    else { return [] }
    return [
      facts.finding(
        .sequenceGap,
        .info,
        by: [before, after],
        "Ids jump from \(old) to \(new): sequences are WAL-logged 32 values ahead, no rows are missing for that."
      )
    ]
  }
}

/// Row counts before and after disagree more than the failed writes explain.
enum RowCountChanged: FindingDetector {
  static func findings(in facts: IncidentFacts) -> [Finding] {
    let clients = facts.observations.clients
    guard facts.change != nil, let outage = facts.writeOutages.first, let lastGood = outage.lastGood,
      let before = clients.readsSucceeded.before(index: outage.failures.first?.index ?? Int.max)
        .last(upTo: outage.window.from.advanced(bySeconds: 1.5)),
      let after = clients.readsSucceeded.after(index: max(before.index, lastGood.index)).first,
      let old = before.fields.integer(.total), let new = after.fields.integer(.total)
    else { return [] }
    let written = clients.writesSucceeded.after(index: before.index).before(index: after.index).count
    guard abs(new - old - written) > outage.failures.count + 1 else { return [] }
    return [
      facts.finding(
        .rowCountChanged,
        .warning,
        confidence: 0.8,
        by: [before, after],
        "Reads tell \(old) rows before and \(new) after, which \(written) acknowledged and \(outage.failures.count) failed writes do not explain: "
          + "other writers, another database, or spliced logs."
      )
    ]
  }
}
