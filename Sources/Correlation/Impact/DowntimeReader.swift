import Contract
import Model

/// The critical path: what each part of the write outage was waited for.
///
/// The steps of the incident's kind are laid on the outage in order; a step that ended before the one that precedes
/// it on the path took no time of its own. The segments partition the outage exactly.
struct DowntimeReader {
  let facts: IncidentFacts

  /// A step of the path: until when, what was waited for, and what bounds it.
  private struct Step {
    var until: Instant?
    var waitingFor: String
    var explanation: String
    var settings: [SettingAdvice] = []
  }

  func segments(of outage: ImpactWindow?) -> [DowntimeSegment] {
    guard let outage else { return [] }
    var result: [DowntimeSegment] = []
    var start = outage.from
    for step in steps {
      guard let until = step.until else { continue }
      let end = outage.to.map { min(until, $0) } ?? until
      guard end > start else { continue }
      result.append(segment(step, from: start, to: end))
      start = end
    }
    return close(result, from: start, to: outage.to)
  }

  private func segment(_ step: Step, from: Instant, to: Instant?) -> DowntimeSegment {
    DowntimeSegment(
      from: from,
      to: to,
      duration: to?.seconds(since: from),
      waitingFor: step.waitingFor,
      explanation: step.explanation,
      settings: step.settings
    )
  }

  /// The rest of the outage after the last step that the log shows.
  private func close(_ segments: [DowntimeSegment], from start: Instant, to end: Instant?) -> [DowntimeSegment] {
    guard let end else {
      let step = Step(until: nil, waitingFor: openWait, explanation: "Nothing in the log ends this wait.")
      return segments + [segment(step, from: start, to: nil)]
    }
    guard end > start else { return segments }
    return segments + [segment(Step(until: end, waitingFor: lastWait.0, explanation: lastWait.1), from: start, to: end)]
  }

  private var lastWait: (String, String) {
    switch facts.kind {
    case .failover, .switchover, .splitBrain, .primaryOutage, .dcsOutage:
      ("the clients' next attempt", "The primary was writable and routed to; the next attempt of the client succeeded.")
    case .poolerOutage:
      ("the pooler", "The pooler had to come back and connect anew.")
    case .routingOutage:
      ("the clients' next attempt", "The proxy had a server again; pooled connections and clients had to connect anew.")
    case .replicaOutage, .bootstrapFailure, .saturation:
      ("the resource to be free again", "Writes worked again once the resource had room.")
    }
  }

  private var openWait: String {
    switch facts.kind {
    case .routingOutage: "a server behind the proxy"
    case .poolerOutage: "the pooler"
    case .saturation: "room in the exhausted resource"
    default: "a writable primary"
    }
  }

  // MARK: - The steps of each kind

  private var steps: [Step] {
    switch facts.kind {
    case .failover, .switchover, .splitBrain: failoverSteps
    case .dcsOutage: storeSteps
    case .primaryOutage, .saturation: restartSteps
    case .routingOutage: routingSteps
    case .poolerOutage: poolerSteps
    case .replicaOutage, .bootstrapFailure: []
    }
  }

  private var failoverSteps: [Step] {
    [lossStep, electionStep, promotionStep, routingStep, poolStep]
  }

  private var lossStep: Step {
    let isPlanned = facts.change?.isPlanned == true
    let isReleased =
      facts.of(.leaderReleased).first.map { $0.at <= (facts.milestones.leaderElectedAt ?? $0.at) } ?? false
    if isPlanned || isReleased {
      return Step(
        until: facts.milestones.lockFreeAt,
        waitingFor: "the old primary to stop and release the leader lock",
        explanation: "The old primary wrote its shutdown checkpoint and gave the lock back.",
        settings: [
          SettingAdvice(
            component: "postgresql",
            setting: "checkpoint_timeout",
            observed: nil,
            suggested: "CHECKPOINT before a planned stop"
          )
        ]
      )
    }
    return Step(
      until: facts.milestones.lockFreeAt,
      waitingFor: "the leader lock to expire",
      explanation: "The lost leader's lock stays in the DCS until its ttl has passed.",
      settings: [
        SettingAdvice(
          component: "patroni",
          setting: "ttl",
          observed: observed("ttl"),
          suggested: "lower, as long as loop_wait + 2 × retry_timeout ≤ ttl"
        )
      ]
    )
  }

  /// What the log gives away of a setting of Patroni's, in seconds.
  private func observed(_ setting: String) -> String? {
    let settings = SettingsReader(observations: facts.observations, incidents: [facts]).settings()
    guard let found = settings.first(where: { $0.setting == setting }) else { return nil }
    if let value = found.value { return "\(value) s" }
    guard let lower = found.lower, let upper = found.upper else { return nil }
    return "\(Int(lower)) to \(Int(upper)) s"
  }

  private var electionStep: Step {
    Step(
      until: facts.milestones.leaderElectedAt,
      waitingFor: "the election",
      explanation: "Candidates asked each other for their positions; a member that does not answer costs its time-out.",
      settings: [
        SettingAdvice(component: "patroni", setting: "loop_wait", observed: observed("loop_wait"), suggested: nil)
      ]
    )
  }

  private var promotionStep: Step {
    let stall = PromotionStall(facts: facts)
    let explanation =
      stall.isShown
      ? "Promotion waited for the WAL receiver, which was still trying to connect to the lost primary."
      : "The new primary replayed the rest of its WAL and left recovery."
    return Step(
      until: facts.milestones.writableAt,
      waitingFor: stall.isShown ? "the WAL receiver to give up" : "the promotion",
      explanation: explanation,
      settings: stall.isShown
        ? [
          SettingAdvice(
            component: "postgresql",
            setting: "primary_conninfo connect_timeout",
            observed: nil,
            suggested: "3"
          )
        ] : []
    )
  }

  private var routingStep: Step {
    Step(
      until: facts.milestones.routedAt,
      waitingFor: "the proxy's health checks",
      explanation: "The proxy takes a server in after `rise` good checks, one every `inter`.",
      settings: [
        SettingAdvice(component: "haproxy", setting: "inter", observed: nil, suggested: nil),
        SettingAdvice(component: "haproxy", setting: "rise", observed: nil, suggested: nil),
      ]
    )
  }

  private var poolStep: Step {
    Step(
      until: PoolReconnection(facts: facts).at,
      waitingFor: "the pooler's connection",
      explanation: "The pooler waits out a hanging connection attempt and the pause after a failed login.",
      settings: [
        SettingAdvice(component: "pgbouncer", setting: "server_connect_timeout", observed: nil, suggested: nil),
        SettingAdvice(component: "pgbouncer", setting: "server_login_retry", observed: nil, suggested: nil),
      ]
    )
  }

  private var storeSteps: [Step] {
    let back = facts.oldPrimary.flatMap { member in
      facts.observations.store.unreachable(for: member, in: facts.window).last?.window.to
    }
    return [
      Step(
        until: back,
        waitingFor: "the DCS",
        explanation: "Without the DCS the leader had demoted itself, and no member may promote.",
        settings: [SettingAdvice(component: "patroni", setting: "failsafe_mode", observed: nil, suggested: "true")]
      ),
      electionStep, promotionStep, routingStep, poolStep,
    ]
  }

  private var restartSteps: [Step] {
    [
      Step(
        until: facts.milestones.writableAt,
        waitingFor: "PostgreSQL to be writable again on \(facts.subject ?? "the primary")",
        explanation: "The server had to stop, start and recover from its WAL.",
        settings: [SettingAdvice(component: "postgresql", setting: "checkpoint_timeout", observed: nil, suggested: nil)]
      ),
      routingStep, poolStep,
    ]
  }

  private var routingSteps: [Step] {
    [
      Step(
        until: facts.draft.disturbances.compactMap(\.window.to).max(),
        waitingFor: "a server behind the proxy",
        explanation: "A writable primary was there, but the proxy had no way to it.",
        settings: [SettingAdvice(component: "haproxy", setting: "fall", observed: nil, suggested: nil)]
      ),
      poolStep,
    ]
  }

  private var poolerSteps: [Step] {
    [
      Step(
        until: facts.draft.all(.poolerDown).compactMap(\.window.to).max(),
        waitingFor: "the pooler to start",
        explanation: "Primary and proxy worked; the pooler was not there."
      )
    ]
  }
}

/// Whether a promotion took longer than recovery explains because the WAL receiver hung.
struct PromotionStall {
  let isShown: Bool
  let evidence: [Occurrence]

  init(facts: IncidentFacts) {
    let normal = 5.0
    guard let elected = facts.milestones.leaderElectedAt, let writable = facts.milestones.writableAt,
      let member = facts.change?.newPrimary ?? facts.newPrimary, writable.seconds(since: elected) > normal
    else {
      (isShown, evidence) = (false, [])
      return
    }
    let span = Window(from: elected, to: writable)
    let occurrences = facts.observations.occurrences
    let receiver = occurrences.of(
      .replicationConnectFailed,
      .replicationBroken,
      .faultNameUnresolved,
      member: member,
      in: span
    )
    let redo = occurrences.first(.recoveryRedoDone, member: member, in: span)
    let requested = occurrences.first(.promotionRequested, member: member, in: span.widened(bySeconds: 2))
    // The receiver's last failure comes right before redo ends: that is what recovery had waited for.
    let waited =
      receiver.last.flatMap { last in
        redo.map { abs($0.at.seconds(since: last.at)) < 1 && $0.at.seconds(since: elected) > normal }
      } ?? false
    isShown = waited
    evidence = waited ? [requested, receiver.last, redo].compactMap { $0 } : []
  }
}
