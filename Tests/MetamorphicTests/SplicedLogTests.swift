import Contract
import Model
import Testing

/// Logs that follow one another in one file.
@Suite struct SplicedLogTests {
  /// The two labelled logs with `gap` seconds between them, as one of one cluster: the second without its first start,
  /// which a cluster that runs does not have.
  private func spliced(_ first: String, _ second: String, gap: Double) throws -> (Report, [IncidentKind])? {
    guard let before = LabelledLog.all.first(where: { $0.name == first }),
      let after = LabelledLog.all.first(where: { $0.name == second })
    else { return nil }
    let (one, other) = (try Baseline(before), try Baseline(after))
    guard let end = one.report.input.lastAt, let start = other.report.input.firstAt else { return nil }
    let seconds = Int64(end.seconds(since: start) + gap)
    let moved = try #require(ShiftedClocks(seconds: seconds).applied(to: other.log))
    let (lines, more) = (try #require(one.log.composeLines), try #require(moved.composeLines))
    let running = try #require(more.firstIndex { $0.text.contains("secondary, and following a leader") })
    let kinds = one.report.incidents.map(\.kind) + other.report.incidents.map(\.kind)
    return (try Analyst.report(on: (lines + more[running...]).log()), kinds)
  }

  @Test(arguments: [
    ("samples/healthy", "samples/switchover"), ("corpus/steady-short-defaults", "corpus/haproxy-restart"),
    ("corpus/steady-short-defaults", "corpus/backend-kill"),
  ])
  func aSteadyLogBeforeAnIncident(steady: String, incident: String) throws {
    guard let (report, kinds) = try spliced(steady, incident, gap: 5) else { return }
    #expect(report.incidents.map(\.kind) == kinds, "\(steady), then \(incident)")
  }

  @Test(arguments: [
    ("corpus/haproxy-restart", "corpus/pgbouncer-restart"), ("corpus/backend-kill", "corpus/haproxy-restart"),
    ("corpus/pgbouncer-restart", "corpus/backend-kill"), ("corpus/haproxy-restart", "samples/switchover"),
  ])
  func twoIncidentsMinutesApart(first: String, second: String) throws {
    guard let (report, kinds) = try spliced(first, second, gap: 120) else { return }
    #expect(report.incidents.map(\.kind) == kinds, "\(first), two minutes later \(second)")
  }
}
