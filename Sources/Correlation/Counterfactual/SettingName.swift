/// A setting that can be asked about, as `component.setting`.
package enum SettingName: String, CaseIterable, Hashable, Sendable {
  case ttl = "patroni.ttl"
  case loopWait = "patroni.loop_wait"
  case retryTimeout = "patroni.retry_timeout"
  /// `master_start_timeout` up to Patroni 2.1.
  case primaryStartTimeout = "patroni.primary_start_timeout"
  case failsafeMode = "patroni.failsafe_mode"
  case inter = "haproxy.inter"
  case fastinter = "haproxy.fastinter"
  case downinter = "haproxy.downinter"
  case fall = "haproxy.fall"
  case rise = "haproxy.rise"
  case timeoutCheck = "haproxy.timeout_check"
  case serverConnectTimeout = "pgbouncer.server_connect_timeout"
  case serverLoginRetry = "pgbouncer.server_login_retry"
  case queryWaitTimeout = "pgbouncer.query_wait_timeout"
  /// `connect_timeout` in `primary_conninfo`.
  case connectTimeout = "postgresql.connect_timeout"
  case walReceiverTimeout = "postgresql.wal_receiver_timeout"
  case tcpUserTimeout = "postgresql.tcp_user_timeout"
  case tcpKeepalivesIdle = "postgresql.tcp_keepalives_idle"
  case retryInterval = "client.retry_interval"

  /// What its values are.
  package enum Kind: Hashable, Sendable {
    /// A length of time; a bare number counts units of so many seconds.
    case duration(unit: Double)
    case count
    case onOff
  }

  package var kind: Kind {
    switch self {
    case .inter, .fastinter, .downinter, .timeoutCheck, .walReceiverTimeout, .tcpUserTimeout: .duration(unit: 0.001)
    case .fall, .rise: .count
    case .failsafeMode: .onOff
    case .ttl, .loopWait, .retryTimeout, .primaryStartTimeout, .serverConnectTimeout, .serverLoginRetry,
      .queryWaitTimeout, .connectTimeout, .tcpKeepalivesIdle, .retryInterval:
      .duration(unit: 1)
    }
  }

  package var component: String { String(rawValue.prefix { $0 != "." }) }

  /// The setting as its component's documentation spells it.
  package var setting: String {
    switch self {
    case .timeoutCheck: "timeout check"
    case .connectTimeout: "primary_conninfo connect_timeout"
    case .retryInterval: "retry interval"
    case .ttl, .loopWait, .retryTimeout, .primaryStartTimeout, .failsafeMode, .inter, .fastinter, .downinter, .fall,
      .rise,
      .serverConnectTimeout, .serverLoginRetry, .queryWaitTimeout, .walReceiverTimeout, .tcpUserTimeout,
      .tcpKeepalivesIdle:
      String(rawValue.drop { $0 != "." }.dropFirst())
    }
  }

  /// Each setting by its component and its spelling there.
  private static let bySpelling = Dictionary(uniqueKeysWithValues: allCases.map { ([$0.component, $0.setting], $0) })

  /// Finds a setting as its component spells it.
  init?(component: String, setting: String) {
    guard let found = Self.bySpelling[[component, setting]] else { return nil }
    self = found
  }

  /// Finds a setting by its name, older names and other spellings included.
  package init?(spelled text: String) {
    let name = text.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    let others: [String: SettingName] = [
      "patroni.master_start_timeout": .primaryStartTimeout, "haproxy.timeout.check": .timeoutCheck,
      "haproxy.check_timeout": .timeoutCheck, "postgresql.primary_conninfo.connect_timeout": .connectTimeout,
      "postgresql.primary_conninfo_connect_timeout": .connectTimeout, "client.retry": .retryInterval,
      "client.interval": .retryInterval,
    ]
    guard let found = SettingName(rawValue: name) ?? others[name] else { return nil }
    self = found
  }
}
