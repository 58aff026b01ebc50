package import Checking
import Model
package import Postgres

/// Asks one server.
struct ServerProbe: Sendable {
  let library: Library
  let patience: Int
  let now: @Sendable () -> Instant

  func ask(_ server: Prober.Server) async -> ServerSighting {
    var sighting = ServerSighting(place: server.connection.place, givenName: server.name)
    do throws(PostgresError) {
      let target = server.connection.settingSession(ServerQuestions.session(milliseconds: patience * 1000))
      let connection = try await Connection.open(target, timeout: .seconds(patience), library: library)
      try await question(connection, into: &sighting)
      await connection.close()
    } catch {
      sighting.unanswered = Unanswered(error)
    }
    return sighting
  }

  private func question(_ connection: Connection, into sighting: inout ServerSighting) async throws(PostgresError) {
    let start = ContinuousClock.now
    guard let json = try await answer(to: ServerQuestions.facts, from: connection),
      var facts = ServerReader.facts(json)
    else {
      sighting.unanswered = Unanswered(.unwilling, "its answer is not that of a PostgreSQL server")
      return
    }
    facts.answeredIn = (ContinuousClock.now - start) / .seconds(1)
    do throws(PostgresError) {
      if let json = try await answer(to: ServerQuestions.controlData, from: connection) {
        ServerReader.addControlData(json, to: &facts)
      }
    } catch {
      sighting.missing = "\(error.reason); a role with pg_monitor may read it"
    }
    facts.clockOffset = await clockOffset(connection)
    sighting.facts = facts
  }

  private func answer(to statement: String, from connection: Connection) async throws(PostgresError) -> LooseJSON? {
    let rows = try await connection.query(statement, timeout: .seconds(patience))
    guard let text = rows.value(0), text.utf8.count <= Self.longestAnswer else { return nil }
    return LooseJSON(Array(text.utf8))
  }

  private static let longestAnswer = 4 << 20

  /// The clock stood at some moment between the question and the answer; of three tries the closest counts.
  private func clockOffset(_ connection: Connection) async -> ClosedRange<Double>? {
    var best: ClosedRange<Double>?
    for _ in 0..<3 {
      let before = now()
      guard let rows = try? await connection.query(ServerQuestions.clock, timeout: .seconds(patience)),
        let text = rows.value(0), let milliseconds = Int64(text)
      else { return best }
      let after = now()
      let there = Instant(milliseconds: milliseconds)
      // Both clocks are read in whole milliseconds.
      let (low, high) = (there.seconds(since: after) - 0.001, there.seconds(since: before) + 0.001)
      guard low <= high else { continue }
      if let known = best, known.upperBound - known.lowerBound <= high - low { continue }
      best = low...high
    }
    return best
  }
}

extension ConnectionString {
  /// Where the server is, for people: never a secret.
  package var place: Place {
    Place(host: self["host"] ?? self["hostaddr"] ?? "local socket", port: self["port"].flatMap { Int($0) } ?? 5432)
  }

  /// Whether it leads to several servers, of which libpq would choose one.
  package var hasSeveralHosts: Bool { (self["host"] ?? self["hostaddr"] ?? "").contains(",") }
}

extension Unanswered {
  /// What a connection that failed says about the server.
  init(_ error: PostgresError) {
    self.init(Self.failure(of: error), error.reason)
  }

  private static func failure(of error: PostgresError) -> AskingFailure {
    guard let report = error.report, !report.isTimeout else { return .silent }
    if report.sqlState != nil { return .unwilling }
    if report.message.contains("Connection refused") { return .refused }
    // Words of libpq's for a server that is there and wants something else (fe-connect.c, fe-auth.c, fe-secure.c).
    let wishes = ["SSL", "password", "authentication", "certificate", "GSS"]
    return wishes.contains { report.message.contains($0) } ? .unwilling : .silent
  }
}
