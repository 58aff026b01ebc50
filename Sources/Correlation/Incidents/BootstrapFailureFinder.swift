import Model

/// A cluster without a primary that cannot be initialised, cloned or restored.
struct BootstrapFailureFinder {
  let observations: Observations

  private var occurrences: Occurrences { observations.occurrences }

  func failures() -> [Disturbance] {
    guard let span = timeBeforeBirth else { return [] }
    let found = attempts(in: span) + strangers(in: span) + waits(in: span)
    let given = observations.leadership.terms.prefix(while: isEmpty).compactMap(release)
    let shown = (found.isEmpty ? [] : found + given).sorted { $0.index < $1.index }
    guard let first = shown.first else { return [] }
    return [
      Disturbance(
        kind: .bootstrapFailure,
        member: first.member,
        window: Window(from: first.at, to: span.to),
        evidence: shown
      )
    ]
  }

  /// Until the first leader; nil if the log finds one at work.
  private var timeBeforeBirth: Window? {
    let terms = observations.leadership.terms.drop(while: isEmpty)
    guard let first = terms.first else { return Window(from: Window.always.from, to: nil) }
    return first.beginning == .bootstrap ? Window(from: Window.always.from, to: first.from) : nil
  }

  /// A term of a member that holds the lock from earlier and gives it back because it has no data.
  private func isEmpty(_ term: LeaderTerm) -> Bool {
    release(term) != nil && !observations.servers.values.contains { $0.spans.contains { $0.state == .primary } }
  }

  private func release(_ term: LeaderTerm) -> Occurrence? {
    occurrences.of(.leaderReleased, member: term.member).first { $0.reason == "no_data" && $0.at >= term.from }
  }

  private func attempts(in span: Window) -> [Occurrence] {
    occurrences.of(.bootstrapFailed, .cloneFailed, in: span)
  }

  /// One member with foreign data is its own trouble; when all have it, the record in the store is the stranger.
  private func strangers(in span: Window) -> [Occurrence] {
    let lines = occurrences.of(.faultSystemIDMismatch, in: span).filter { $0.role == .agent }
    return Set(lines.compactMap(\.member)).count > 1 ? lines : []
  }

  /// Members that wait for a leader, or for the end of a recovery, far longer than a first start takes.
  private func waits(in span: Window) -> [Occurrence] {
    guard span.to == nil else { return [] }
    let leaders = occurrences.of(.bootstrapWaiting, in: span)
    let recoveries = occurrences.of(.agentTaskRunning, in: span).filter { $0.fields[.action] == "recovery" }
    return (isLong(leaders, seconds: 30) && !isSomebodyAtIt ? leaders : [])
      + (isLong(recoveries, seconds: RecoveryStuck.patience) ? recoveries : [])
  }

  private func isLong(_ lines: [Occurrence], seconds: Double) -> Bool {
    guard lines.count >= 3, let first = lines.first, let last = lines.last else { return false }
    return last.at.seconds(since: first.at) >= seconds
  }

  /// Whether a member is shown bootstrapping to the end of the log, so that the others wait with reason.
  private var isSomebodyAtIt: Bool {
    let recent = Window(from: observations.lastAt.advanced(bySeconds: -30), to: nil)
    return occurrences.of(.agentTaskRunning, in: recent).contains {
      ["bootstrap", "recovery"].contains($0.fields[.action] ?? "")
    }
  }
}
