import Contract
import Model

/// One thing that had to happen before writes worked again.
struct Wait: Sendable {
  /// What is waited for, as the name by which other waits depend on it.
  enum Name: String, CaseIterable, Hashable, Sendable {
    case fault
    case lockFree
    case election
    case promotion
    /// The configuration store answers again.
    case store
    /// The agent notices that its server is down.
    case notice
    /// The server is told to start.
    case start
    /// The server accepts writes again on the same member.
    case recovery
    case proxyStart
    case routing
    case poolerStart
    case pooling
    case client
  }

  var name: Name
  /// The waits that have to be over before this one can end.
  var after: [Name]
  /// When it was over; nil if the log does not show it.
  var end: Instant?
  /// What was waited for, as it follows "waiting for".
  var waitingFor: String
  var explanation: String
  /// What would shorten it.
  var settings: [SettingAdvice] = []
  /// What its length follows from.
  var bound: WaitBound = .unsettable
}

/// What the length of a wait follows from, so that another value of a setting gives another length.
///
/// The formulas are those of Patroni 2.0 to 4.1 (`patroni/ha.py`, documentation of dynamic configuration), HAProxy 2.0
/// to 3.4 (`src/check.c`) and PgBouncer 1.12 to 1.25 (`src/objects.c`, `src/janitor.c`).
enum WaitBound: Hashable, Sendable {
  /// Work, people or faults: no setting that can be asked about.
  case unsettable
  /// The lock expires `ttl` after its last renewal.
  case lockExpiry(LockExpiry)
  /// The agent looks once per `loop_wait`.
  case haLoop
  /// A crashed primary may recover for `primary_start_timeout`.
  case crashRecovery
  /// The store came back; a leader that had not demoted itself would not have waited.
  case storeOutage
  /// A WAL receiver that hangs: in a name look-up, or in a connection attempt.
  case receiver(inNameLookup: Bool)
  /// `rise` good checks, the first within `downinter`, the others `fastinter` apart.
  case checksUp
  /// The pooler's next attempt after a failed or hanging one.
  case poolRetry(PoolerAttempts)
  /// The client's next attempt.
  case clientRetry(rhythm: Double)

  /// The settings that have a say in it.
  var settings: [SettingName] {
    switch self {
    case .unsettable: []
    case .lockExpiry: [.ttl, .loopWait]
    case .haLoop: [.loopWait]
    case .crashRecovery: [.primaryStartTimeout]
    case .storeOutage: [.failsafeMode, .retryTimeout]
    case .receiver: [.connectTimeout]
    case .checksUp: [.inter, .fastinter, .downinter, .rise]
    case .poolRetry: [.serverConnectTimeout, .serverLoginRetry]
    case .clientRetry: [.retryInterval]
    }
  }
}
