/// Who told a fact, the nearest to the truth first.
package enum FactSource: String, CaseIterable, Hashable, Sendable, Comparable {
  /// The server itself, over its own protocol.
  case postgresql
  /// The member's own Patroni, about its own server.
  case patroni
  /// What members wrote into the DCS last, which may be as old as `ttl`.
  case dcs
  /// A listing that somebody saved.
  case file

  /// How a sentence names it.
  package var words: String {
    switch self {
    case .postgresql: "PostgreSQL"
    case .patroni: "its Patroni"
    case .dcs: "Patroni's record in the DCS"
    case .file: "the saved listing"
    }
  }

  package static func < (left: FactSource, right: FactSource) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .postgresql: 0
    case .patroni: 1
    case .dcs: 2
    case .file: 3
    }
  }
}

/// Something known, and who told it; what nobody told is nil.
package struct Fact<Value: Hashable & Sendable>: Hashable, Sendable {
  package var value: Value
  package var source: FactSource

  package init(_ value: Value, _ source: FactSource) {
    self.value = value
    self.source = source
  }
}

extension Optional {
  /// Keeps what is known already unless the other one is from nearer.
  mutating func improve<Value>(_ value: Value?, from source: FactSource) where Wrapped == Fact<Value> {
    guard let value else { return }
    if let known = self, known.source <= source { return }
    self = Fact(value, source)
  }
}

/// Why somebody did not answer.
package enum AskingFailure: Hashable, Sendable {
  /// The host is there, and nothing listens: its port is closed.
  case refused
  /// No answer in time, or no way to the host.
  case silent
  /// It answered, but not to the question: a login that is refused, a server that is starting up.
  case unwilling
}

/// An attempt that failed, and the words for it without any secret.
package struct Unanswered: Hashable, Sendable {
  package var failure: AskingFailure
  package var words: String

  package init(_ failure: AskingFailure, _ words: String) {
    self.failure = failure
    self.words = words
  }
}

/// Where a server or an agent is, as somebody wrote it.
package struct Place: Hashable, Sendable {
  package var host: String
  package var port: Int

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// `pg2:5432`, with brackets around an address that has colons.
  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
