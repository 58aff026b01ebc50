import Contract
import Model

/// HAProxy's health checks, as its transitions give them away.
///
/// `inter`, `fall` and `rise` are found together: every DOWN and UP whose cause the log shows has to come when they say
/// (HAProxy, `src/check.c`; `fastinter` and `downinter` are taken to be `inter`).
struct ProxySettings {
  private let observations: Observations
  private let incidents: [IncidentFacts]
  /// A check that could not even connect ended after `inter` at the latest.
  private let connectTimeout: TimedOut?
  /// A check that connected and got no answer ends after `timeout check`, or `inter` where that is not set.
  private let answerTimeout: TimedOut?
  /// `option log-health-checks` prints every check of a server that changes: their distance is the pause between two.
  private let spacing: Estimate?

  init(observations: Observations, incidents: [IncidentFacts]) {
    self.observations = observations
    self.incidents = incidents
    connectTimeout = Self.timedOut("Layer4", in: observations.occurrences)
    answerTimeout = Self.timedOut("Layer7", in: observations.occurrences)
    spacing = Self.spacing(in: observations.occurrences)
  }

  /// `fall` and `rise` of a configuration that does not say.
  private static let defaults = (fall: 3, rise: 2)

  func settings() -> [ObservedSetting] {
    let fit = CheckFit(downs: downs, ups: ups, shortestInter: connectTimeout.map { $0.seconds - 0.05 } ?? 0.1)
    return [checkTimeout, inter(fit)].compactMap { $0 } + counts(fit)
  }

  // MARK: - What the log shows

  /// A check that timed out, with its length in seconds.
  private typealias TimedOut = (seconds: Double, by: Occurrence)

  private static func timedOut(_ layer: String, in occurrences: Occurrences) -> TimedOut? {
    for line in occurrences.list(of: .proxyServerDown, .proxyCheckFailed) {
      guard let status = line[.status], status.hasPrefix(layer), status.contains("timeout"),
        let milliseconds = line.seconds(.durationMilliseconds), (50...600_000).contains(milliseconds)
      else { continue }
      return (milliseconds / 1000, line)
    }
    return nil
  }

  private var checkTimeout: ObservedSetting? {
    guard let found = answerTimeout else { return nil }
    return ObservedSetting(
      component: "haproxy",
      setting: SettingName.timeoutCheck.setting,
      value: Self.text(found.seconds),
      lower: (found.seconds - 0.05).roundedToMilliseconds,
      upper: found.seconds.roundedToMilliseconds,
      from: .inferred,
      evidence: [observations.evidence(found.by)]
    )
  }

  /// Containers that ended, and when the proxy took them out: the checks failed from then on.
  private var downs: [CheckFit.Down] {
    incidents.compactMap { facts in
      guard let old = facts.oldPrimary, let exit = facts.of(.runtimeExited, member: old).first,
        let down = observations.proxies.firstDown(of: old, in: Window(from: exit.at, to: facts.draft.serviceEnd)),
        down.by.reason == "check"
      else { return nil }
      let isTimeout = down.by.fields[.status]?.contains("timeout") == true
      return CheckFit.Down(
        seconds: down.at.seconds(since: exit.at),
        doubt: 1 + down.by.uncertainty + exit.uncertainty,
        check: isTimeout ? (down.by.seconds(.durationMilliseconds) ?? 0) / 1000 : 0
      )
    }
  }

  /// Locks that were taken, and when the proxy took the new leader in: Patroni answered the checks well from then on.
  private var ups: [CheckFit.Up] {
    incidents.compactMap { facts in
      guard let change = facts.change, change.acquired != nil,
        let up = observations.proxies.firstUp(
          of: change.newPrimary,
          in: Window(from: change.acquiredAt, to: facts.draft.serviceEnd)
        ), up.by.reason == "check"
      else { return nil }
      return CheckFit.Up(seconds: up.at.seconds(since: change.acquiredAt), doubt: 0.3 + up.by.uncertainty)
    }
  }

  private var evidence: [Evidence] {
    let lines =
      [connectTimeout?.by]
      + incidents.prefix(1).flatMap { facts -> [Occurrence?] in
        guard let change = facts.change else { return [] }
        let span = Window(from: change.faultAt, to: facts.draft.serviceEnd)
        return [
          observations.proxies.firstDown(of: change.oldPrimary, in: span)?.by,
          observations.proxies.firstUp(of: change.newPrimary, in: span)?.by,
        ]
      }
    var seen: Set<Int> = []
    return lines.compactMap { $0 }.filter { seen.insert($0.index).inserted }.map(observations.evidence)
  }

  // MARK: - What follows

  /// `inter` where it is known well enough to tell.
  private func inter(_ fit: CheckFit) -> ObservedSetting? {
    guard let spaced = spacing ?? fitted(fit) else { return nil }
    return ObservedSetting(
      component: "haproxy",
      setting: SettingName.inter.setting,
      value: Self.text(spaced.likely),
      lower: spaced.lower.roundedToMilliseconds,
      upper: spaced.upper.roundedToMilliseconds,
      from: .inferred,
      evidence: evidence
    )
  }

  /// With the usual counts, if they fit; a check that hangs is bounded by `inter`, unless set otherwise.
  private func fitted(_ fit: CheckFit) -> Estimate? {
    guard !evidence.isEmpty, let all = fit.inter(fall: nil, rise: nil),
      let usual = fit.inter(fall: Self.defaults.fall, rise: Self.defaults.rise)
    else { return nil }
    if let hung = connectTimeout?.seconds, usual.contains(hung) {
      return Estimate(lower: all.lowerBound, likely: hung, upper: all.upperBound)
    }
    guard usual.upperBound - usual.lowerBound <= 1.5 else { return nil }
    let likely = (usual.lowerBound + usual.upperBound) / 2
    return Estimate(lower: all.lowerBound, likely: likely, upper: all.upperBound)
  }

  private static func spacing(in occurrences: Occurrences) -> Estimate? {
    let lines = occurrences.list(of: .proxyCheckFailed, .proxyCheckSucceeded).filter(\.hasOwnTime)
    var last: [String: Occurrence] = [:]
    var pauses: [Double] = []
    for line in lines {
      let server = "\(line.fields[.backend] ?? "")/\(line.fields[.server] ?? "")"
      if let before = last[server], before.kind == line.kind {
        let check = (line.seconds(.durationMilliseconds) ?? 0) / 1000
        let pause = line.at.seconds(since: before.at) - check
        if (0.1...60).contains(pause) { pauses.append(pause) }
      }
      last[server] = line
    }
    guard pauses.count >= 3, let usual = pauses.median else { return nil }
    let doubt = lines.map(\.uncertainty).max() ?? 0
    return Estimate(lower: max(0.1, usual - doubt - 0.2), likely: usual, upper: usual + doubt + 0.2)
  }

  private func counts(_ fit: CheckFit) -> [ObservedSetting] {
    let inter = spacing?.likely ?? fitted(fit)?.likely
    return [
      count(.fall, printed: printedCount(isUp: true), fitted: inter.map { fit.falls(inter: $0) }, all: fit.falls),
      count(.rise, printed: printedCount(isUp: false), fitted: inter.map { fit.rises(inter: $0) }, all: fit.rises),
    ].compactMap { $0 }
  }

  /// A check line ends with `status: 2/3 UP`: of `fall` while the server is up, of `rise` while it is down.
  private func printedCount(isUp: Bool) -> (Int, Occurrence)? {
    for line in observations.occurrences.of(.proxyCheckFailed, .proxyCheckSucceeded) {
      guard line.fields[.state] == (isUp ? "UP" : "DOWN"), let value = line.fields[.value],
        let most = value.split(separator: "/").last.flatMap({ Int($0) }), (1...100).contains(most)
      else { continue }
      return (most, line)
    }
    return nil
  }

  private func count(
    _ name: SettingName,
    printed: (Int, Occurrence)?,
    fitted: ClosedRange<Int>??,
    all: ClosedRange<Int>?
  ) -> ObservedSetting? {
    if let (value, line) = printed {
      return ObservedSetting(
        component: "haproxy",
        setting: name.setting,
        value: String(value),
        lower: Double(value),
        upper: Double(value),
        from: .logged,
        evidence: [observations.evidence(line)]
      )
    }
    guard let fitted, let fitted, fitted.count == 1, let all else { return nil }
    return ObservedSetting(
      component: "haproxy",
      setting: name.setting,
      value: String(fitted.lowerBound),
      lower: Double(all.lowerBound),
      upper: Double(all.upperBound),
      from: .inferred,
      evidence: evidence
    )
  }

  /// A time as HAProxy's configuration writes it: `3s`, `0.5s`.
  private static func text(_ seconds: Double) -> String {
    let whole = seconds.rounded()
    return abs(seconds - whole) < 0.15 && whole >= 1
      ? "\(Int(whole))s" : secondsText((seconds * 10).rounded() / 10).replacing(" ", with: "")
  }
}
