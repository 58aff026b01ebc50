package import Checking
package import Model
package import Postgres

/// Asks a live cluster: its servers over their own protocol, its Patronis over their REST API.
///
/// All are asked at once, each with a deadline of its own. Whoever does not answer is part of the result.
package struct Prober: Sendable {
  /// A server to ask.
  package struct Server: Sendable {
    /// The member's name, if the user gave it.
    package var name: String?
    package var connection: ConnectionString

    package init(name: String? = nil, connection: ConnectionString) {
      self.name = name
      self.connection = connection
    }
  }

  private let library: Library?
  private let trust: Trust
  /// How long each question may take, in seconds.
  private let patience: Int
  private let now: @Sendable () -> Instant

  /// - Parameters:
  ///   - library: libpq; nil if no server is asked.
  ///   - trust: whom to believe over HTTPS.
  ///   - patience: how long each question may take, in seconds.
  ///   - now: this machine's clock.
  package init(library: Library?, trust: Trust, patience: Int, now: @escaping @Sendable () -> Instant) {
    self.library = library
    self.trust = trust
    self.patience = patience
    self.now = now
  }

  /// Asks everybody, and returns the answers in the order given.
  package func ask(servers: [Server], agents: [AgentAddress]) async -> Sightings {
    async let serverSightings = inOrder(servers) { await ask($0) }
    async let agentSightings = inOrder(agents) { await AgentProbe(trust: trust, patience: patience).ask($0) }
    return Sightings(servers: await serverSightings, agents: await agentSightings)
  }

  private func ask(_ server: Server) async -> ServerSighting {
    guard let library else {
      return ServerSighting(place: server.connection.place, unanswered: Unanswered(.silent, "libpq was not loaded"))
    }
    return await ServerProbe(library: library, patience: patience, now: now).ask(server)
  }

  private func inOrder<Target: Sendable, Answer: Sendable>(
    _ targets: [Target],
    _ ask: @escaping @Sendable (Target) async -> Answer
  ) async -> [Answer] {
    await withTaskGroup(of: (Int, Answer).self) { group in
      for (index, target) in targets.enumerated() { group.addTask { (index, await ask(target)) } }
      var answers: [(Int, Answer)] = []
      for await answer in group { answers.append(answer) }
      return answers.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}
