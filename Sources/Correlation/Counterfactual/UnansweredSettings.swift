import Contract

/// What a counterfactual leaves open: settings that bound nothing, waits with slack, values that the log does not show.
struct UnansweredSettings: Sendable {
  let graph: WaitGraph
  let stop: WritesStop
  let replay: Replay
  let hypotheses: [HypotheticalSetting]

  func sentences() -> [String] {
    let names = hypotheses.map(\.name)
    let bound = names.compactMap(sentence)
    let asked = Set(names)
    let doubts = graph.waits.flatMap { wait in
      asked.isDisjoint(with: wait.bound.settings) ? [] : replay.outcomes[wait.name]?.doubts ?? []
    }
    var seen: Set<String> = []
    return (bound + doubts).filter { seen.insert($0).inserted }
  }

  private func sentence(about name: SettingName) -> String? {
    if stop.settings.contains(name) {
      return stop.reason == nil
        ? "\(name.rawValue): the log does not show what it was, so that its effect is not known." : nil
    }
    let bounded = graph.waits.filter { $0.bound.settings.contains(name) }
    guard !bounded.isEmpty else { return "\(name.rawValue) bounds nothing in this outage: \(purpose(of: name))." }
    let onPath = Set(graph.path.map(\.wait.name)).union(replay.parts(from: 0).keys)
    guard let idle = bounded.first(where: { !onPath.contains($0.name) }), bounded.count == 1,
      let slack = graph.slack(of: idle.name)
    else { return nil }
    return
      "\(name.rawValue) bounds \(idle.waitingFor), which had \(secondsText((slack * 10).rounded() / 10)) of slack: "
      + "to shorten it changes nothing."
  }

  /// What a setting is there for, so that a reader sees why it does not matter here.
  private func purpose(of name: SettingName) -> String {
    switch name {
    case .ttl: "no lock had to expire"
    case .loopWait: "nothing waited for Patroni's next loop"
    case .retryTimeout: "no leader demoted itself for want of the DCS"
    case .primaryStartTimeout: "no crashed primary was waited for"
    case .failsafeMode: "no leader demoted itself for want of the DCS"
    case .inter, .fastinter, .downinter, .rise: "no check of the proxy's was waited for"
    case .fall, .timeoutCheck: "it decides when a server is taken out, and nothing waited for that"
    case .serverConnectTimeout, .serverLoginRetry: "the log shows no attempt of the pooler that failed"
    case .queryWaitTimeout: "it sends waiting clients away, but does not end what they wait for"
    case .connectTimeout: "the promotion did not wait for a WAL receiver"
    case .walReceiverTimeout: "it lets a standby notice a silent stream, and candidates race for the lock without that"
    case .tcpUserTimeout, .tcpKeepalivesIdle:
      "it ends connections to a host that is gone, and the log does not show that one was waited for"
    case .retryInterval: "no client is shown to wait"
    }
  }
}
