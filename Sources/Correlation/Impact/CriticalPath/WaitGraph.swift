import Contract
import Model

/// The waits of one outage with what each depends on, laid on the time in which writes failed.
///
/// A wait whose end the log does not show is left out; what depended on it depends on what it depended on. What ended
/// long after the outage was over cannot have been waited for and is left out as well.
struct WaitGraph: Sendable {
  /// The waits in order of dependence: each stands behind those that it depends on.
  let waits: [Wait]
  let from: Instant
  let to: Instant

  /// One wait's part of the critical path.
  struct Step: Sendable {
    var wait: Wait
    var from: Instant
    var to: Instant
  }

  /// Lines printed in whole seconds may come this much too late, in seconds.
  private static let resolution = 1.0

  init(_ candidates: [Wait], from: Instant, to: Instant) {
    self.from = from
    self.to = to
    var kept: [Wait] = []
    var replaced: [Wait.Name: [Wait.Name]] = [:]
    for var wait in candidates {
      wait.after = wait.after.flatMap { replaced[$0] ?? [$0] }
      guard let end = wait.end, end <= to.advanced(bySeconds: Self.resolution) else {
        replaced[wait.name] = wait.after
        continue
      }
      wait.end = min(end, to)
      kept.append(wait)
    }
    waits = kept
  }

  func wait(_ name: Wait.Name) -> Wait? {
    waits.first { $0.name == name }
  }

  /// When everything that a wait depends on was over.
  func start(of wait: Wait) -> Instant? {
    wait.after.compactMap { self.wait($0)?.end }.max()
  }

  /// How long the wait itself took, after what it depends on was over.
  func seconds(of wait: Wait) -> Double {
    guard let end = wait.end, let start = start(of: wait) else { return 0 }
    return max(0, end.seconds(since: start))
  }

  /// The chain of waits that decided when writes worked again, in time order.
  ///
  /// The fault itself is no wait: what came before it is told with the first one.
  var path: [Step] {
    var steps: [Step] = []
    var end = to
    var current = last
    while let wait = current, wait.name != .fault, end > from {
      let before = wait.after.compactMap { self.wait($0) }.max { ends(of: $0) < ends(of: $1) }
      let reached = min(ends(of: wait), end)
      let start = max(from, min(before.map(ends) ?? from, reached))
      if start < reached { steps.append(Step(wait: wait, from: start, to: reached)) }
      end = start
      current = before
    }
    return steps.reversed()
  }

  /// The wait that ended the outage: the client's, or the one that was over last.
  private var last: Wait? {
    wait(.client) ?? waits.max { ends(of: $0) < ends(of: $1) }
  }

  private func ends(of wait: Wait) -> Instant { wait.end ?? from }

  /// How much later a wait could have ended without lengthening the outage, in seconds; nil if it is not in the graph.
  ///
  /// What follows it would still have taken its time.
  func slack(of name: Wait.Name) -> Double? {
    guard let wait = wait(name), let end = wait.end, let latest = latestEnd(of: name) else { return nil }
    return max(0, latest.seconds(since: end)).roundedToMilliseconds
  }

  /// The latest instant at which a wait could have ended with the outage as long as it was.
  private func latestEnd(of name: Wait.Name) -> Instant? {
    let followers = waits.filter { $0.after.contains(name) }
    guard !followers.isEmpty else { return to }
    return followers.compactMap { follower in
      latestEnd(of: follower.name)?.advanced(bySeconds: -seconds(of: follower))
    }.min()
  }
}
