/// What a component is to the cluster, whatever its name: the engine reasons with this, parsers declare it.
package enum ComponentRole: String, CaseIterable, Hashable, Sendable {
  /// The high-availability agent beside each server: Patroni, repmgrd.
  case agent
  /// The database server: PostgreSQL, and the tools that print into its log.
  case server
  /// What routes connections by role: HAProxy.
  case proxy
  /// What pools connections: PgBouncer.
  case pooler
  /// The distributed configuration store: etcd, Consul, ZooKeeper.
  case dcs
  /// Whoever uses the database: the monitor, an application.
  case client
  /// What runs the programs: Docker, Kubernetes, systemd.
  case runtime
  /// What a person typed, and the answer: `patronictl`.
  case operation
}

/// The program that wrote a line, as its parser file names it.
package struct Component: Hashable, Sendable {
  /// The parser file's `component`, such as `patroni`.
  package var name: String
  package var role: ComponentRole

  package init(name: String, role: ComponentRole) {
    self.name = name
    self.role = role
  }
}

/// How grave a line says it is, on one scale for all components.
package enum Level: UInt8, Comparable, Hashable, Sendable {
  case debug
  case info
  case notice
  case warning
  case error
  case fatal
  case panic

  package static func < (left: Level, right: Level) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The level as a parser file writes it.
  package var name: String {
    switch self {
    case .debug: "debug"
    case .info: "info"
    case .notice: "notice"
    case .warning: "warning"
    case .error: "error"
    case .fatal: "fatal"
    case .panic: "panic"
    }
  }

  /// Reads a level as a parser file writes it (`debug`, `info`, `notice`, `warning`, `error`, `fatal`, `panic`).
  package init?(name: some StringProtocol) {
    switch name {
    case "debug": self = .debug
    case "info": self = .info
    case "notice": self = .notice
    case "warning": self = .warning
    case "error": self = .error
    case "fatal": self = .fatal
    case "panic": self = .panic
    default: return nil
    }
  }
}
