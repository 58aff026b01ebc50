package import Model

/// What single events tell at once, without a look at all of them: how clients, proxy servers and pools fare.
package struct ClusterPulse: Sendable, Hashable {
  /// What clients met in one second.
  package struct Second: Sendable, Hashable {
    package var succeeded = 0
    package var failed = 0

    package init() {}
  }

  /// A server behind a proxy.
  package struct ProxyServer: Sendable, Hashable {
    package var backend: String
    package var server: String
    package var isUp: Bool
    package var since: Instant
  }

  /// What a pooler told of its connection to the server.
  package struct Pool: Sendable, Hashable {
    package var isConnected: Bool
    package var since: Instant
  }

  /// So many seconds of client results are kept.
  package static let stripLength: Int64 = 600
  /// A line may be ahead of the others by so many seconds.
  private static let longestLead: Int64 = 60
  /// A hostile log may invent names without end.
  private static let nameLimit = 256

  /// Client results by second since the Unix epoch: writes, or reads where there are no writes.
  package private(set) var seconds: [Int64: Second] = [:]
  package private(set) var proxyServers: [ProxyServer] = []
  /// Replication lag as listings or servers told it, by member.
  package private(set) var lags: [String: String] = [:]
  /// Whether a pooler last told that it reached or that it lost its server, and when.
  package private(set) var pool: Pool?

  package init() {}

  /// Takes in one event; `now` is the time by all lines.
  package mutating func note(_ event: Event, at instant: Instant, now: Instant) {
    switch event.kind {
    case .clientWriteSucceeded: count(instant, now, isGood: true)
    case .clientWriteFailed, .clientConnectFailed: count(instant, now, isGood: false)
    case .proxyServerUp, .proxyServerDown: noteServer(event, instant)
    case .poolerServerConnected: pool = Pool(isConnected: true, since: instant)
    case .poolerServerClosed:
      // A connection that has served its time is no loss.
      if !["lifetime", "idle", "obsolete"].contains(event.fields[.reason] ?? "") {
        pool = Pool(isConnected: false, since: instant)
      }
    case .replicationLagging, .clusterMemberListed: noteLag(event)
    default: return
    }
  }

  /// Counts a result, unless its time is none of the last minutes: a wrong date must not hide the right ones.
  private mutating func count(_ instant: Instant, _ now: Instant, isGood: Bool) {
    let (second, present) = (instant.milliseconds / 1000, now.milliseconds / 1000)
    let shown = present - Self.stripLength...present + Self.longestLead
    guard shown.contains(second) else { return }
    seconds[second, default: Second()].succeeded += isGood ? 1 : 0
    seconds[second, default: Second()].failed += isGood ? 0 : 1
    if seconds.count > Self.stripLength * 2 { seconds = seconds.filter { shown.contains($0.key) } }
  }

  private mutating func noteServer(_ event: Event, _ instant: Instant) {
    guard let backend = event.fields[.backend], let server = event.fields[.server] else { return }
    let isUp = event.kind == .proxyServerUp
    let known = proxyServers.firstIndex { $0.backend == backend && $0.server == server }
    if let known {
      guard proxyServers[known].isUp != isUp else { return }
      proxyServers[known].isUp = isUp
      proxyServers[known].since = instant
    } else if proxyServers.count < Self.nameLimit {
      proxyServers.append(ProxyServer(backend: backend, server: server, isUp: isUp, since: instant))
    }
  }

  private mutating func noteLag(_ event: Event) {
    guard let member = event.fields[.member] ?? event.fields[.name], let lag = event.fields[.lag] else { return }
    guard lags[member] != nil || lags.count < Self.nameLimit else { return }
    lags[member] = lag
  }
}
