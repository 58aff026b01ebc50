import Analyzer
import Clocks
import Contract
package import Ingestion
import Model
package import Parsing

/// The analysis of logs while they are written: lines in, news out.
///
/// A pure state machine: it knows no files, no clock and no threads. Events are told as soon as their line is there.
/// What needs all events together (incidents, phases, corrected times) comes from looks, which the caller takes when
/// one is due, beside the reading if it likes:
///
///     messages += analysis.feed(bytes, to: input, uptime: now)
///     if analysis.isLookDue(uptime: now) {
///       let outcome = analysis.beginLook(uptime: now).run()
///       messages += analysis.endLook(outcome, uptime: now)
///     }
package struct LiveAnalysis: ~Copyable {
  /// What is known by now.
  package private(set) var state = LiveState()

  private let options: LiveOptions
  private let catalogue: ParserCatalogue
  private let maker: ReportMaker
  private var folds: [InputFold] = []
  private var clock = LineClock()
  private var ledger: IncidentLedger
  private var schedule: LookSchedule
  private var members: [String: String] = [:]
  /// The first instant of the log, also when its lines are given up.
  private var firstAt: Instant?
  /// What was wrong with the input, for the report.
  private var complaints: [String] = []

  package init(catalogue: ParserCatalogue, options: LiveOptions) {
    self.options = options
    self.catalogue = catalogue
    maker = ReportMaker(catalogue: catalogue, options: options.analysis)
    ledger = IncidentLedger(archiveLimit: options.archiveLimit)
    schedule = LookSchedule(options)
  }

  // MARK: - Lines

  /// Adds an input; inputs count from 0 in the order in which a file's analysis would read them.
  package mutating func addInput(_ identity: InputIdentity) -> Int {
    folds.append(InputFold(identity: identity, catalogue: catalogue))
    return folds.count - 1
  }

  /// Takes in bytes of an input.
  ///
  /// - Parameters:
  ///   - bytes: the next ones, cut anywhere.
  ///   - input: the index of the input.
  ///   - uptime: seconds on a clock that never jumps.
  /// - Returns: the events in them.
  package mutating func feed(_ bytes: [UInt8], to input: Int, uptime: Double) -> [LiveMessage] {
    guard folds.indices.contains(input) else { return [] }
    folds[input].feed(bytes)
    return announce(input, uptime)
  }

  /// Tells that an input has nothing more at the moment.
  package mutating func pause(_ input: Int, uptime: Double) -> [LiveMessage] {
    guard folds.indices.contains(input) else { return [] }
    folds[input].pause()
    return announce(input, uptime)
  }

  /// Tells that a file of an input has ended and another one takes its place.
  package mutating func endFile(_ input: Int, uptime: Double) -> [LiveMessage] {
    guard folds.indices.contains(input) else { return [] }
    folds[input].endFile()
    return announce(input, uptime)
  }

  /// Notes something that is wrong with an input, for the report.
  package mutating func complain(_ complaint: String) {
    complaints.append(complaint)
    if complaints.count > 100 { complaints.removeFirst() }
  }

  /// Tells that nothing follows, and takes a last look.
  package mutating func finish(uptime: Double) -> [LiveMessage] {
    finishFolds()
    let messages = folds.indices.flatMap { announce($0, uptime) }
    return messages + endLook(beginLook(uptime: uptime).run(), uptime: uptime)
  }

  /// Ends all inputs.
  mutating func finishFolds() {
    for fold in folds { fold.finish() }
  }

  private mutating func announce(_ input: Int, _ uptime: Double) -> [LiveMessage] {
    let fold = folds[input]
    let sources = fold.sources
    var messages: [LiveMessage] = []
    var isNews = false
    fold.announceNew { event in
      let at = clock.instant(of: event, input: input)
      isNews = isNews || !event.kind.isRoutine
      let name = sources.indices.contains(event.source.index) ? sources[event.source.index].name : "?"
      let told = LiveEvent(event: event, at: at, source: name, member: members[name])
      guard options.analysis.since.map({ at >= $0 }) ?? true else { return at }
      state.note(told, now: clock.latest ?? at)
      messages.append(.event(told))
      return at
    }
    state.lines = folds.reduce(0) { $0 + $1.lines }
    state.bytes = folds.reduce(0) { $0 + $1.bytes }
    state.latest = clock.latest
    state.heldEvents = folds.reduce(0) { $0 + $1.announced.count }
    if !messages.isEmpty { schedule.note(isNews: isNews || !state.open.isEmpty, uptime: uptime) }
    return messages
  }

  /// What a report on everything that is held is made of.
  var material: ReportMaterial { Gathering(folds).material }

  /// How many values are held on to, for tests: whatever grows with the lines would show here.
  var retained: (events: Int, announcements: Int, readings: Int, samples: Int, incidents: Int) {
    (
      folds.reduce(0) { $0 + $1.events.count },
      folds.reduce(0) { $0 + $1.announced.count },
      folds.reduce(0) { $0 + $1.readings.count },
      folds.reduce(0) { $0 + $1.tallies.reduce(0) { $0 + $1.samples.count } },
      ledger.incidents.count
    )
  }

  // MARK: - Looks

  /// Whether so much is held that the next lines should wait until a look has made room.
  ///
  /// Lines may come faster than looks deal with them, such as when a backlog is handed over.
  package var isFull: Bool { state.heldEvents >= options.eventLimit * 2 }

  /// Whether a look should be taken now.
  package func isLookDue(uptime: Double) -> Bool {
    nextLook.map { $0 <= uptime } ?? false
  }

  /// When the next look is due, as uptime; nil if there is nothing to look at, or a look is being taken.
  package var nextLook: Double? { isFull && !schedule.isLooking ? -.infinity : schedule.due }

  /// Begins a look at everything that is held.
  package mutating func beginLook(uptime: Double) -> Look {
    schedule.begin(uptime: uptime)
    return Look(maker: maker, folds: folds)
  }

  /// Takes in what a look has shown: tells corrected times, and what is new about incidents and their phases.
  package mutating func endLook(_ outcome: Look.Outcome, uptime: Double) -> [LiveMessage] {
    schedule.end(took: outcome.duration, uptime: uptime)
    let report = outcome.result.report
    members = Dictionary(
      report.input.sources.compactMap { source in source.member.map { (source.name, $0) } },
      uniquingKeysWith: { first, _ in first }
    )
    firstAt = firstAt ?? report.input.firstAt
    let messages = corrections(outcome) + ledger.update(with: report.incidents)
    state.lookDuration = outcome.duration
    state.unrecognizedLines = report.input.lines - report.input.recognisedLines
    state.incidents = ledger.incidents
    state.report = whole(report)
    state.latest = clock.latest
    giveUpOldest(outcome)
    return messages
  }

  /// Tells the events whose time turned out otherwise, and teaches the clock.
  private mutating func corrections(_ outcome: Look.Outcome) -> [LiveMessage] {
    var messages: [LiveMessage] = []
    for (input, fold) in folds.enumerated() {
      guard let places = outcome.places(ofInput: input, generation: fold.generation) else { continue }
      let events = fold.events
      let sources = fold.sources
      for (index, place) in places.enumerated() where index < fold.announced.count {
        guard let timed = place.map({ outcome.result.events[$0] }) else { continue }
        clock.learn(timed.at, of: events[index], input: input)
        let distance = abs(timed.at.seconds(since: fold.announced[index].at))
        guard distance > max(1, timed.uncertainty) else { continue }
        let revision = fold.correct(index, to: timed.at)
        let name = sources[events[index].source.index].name
        messages.append(
          .event(
            LiveEvent(event: events[index], at: timed.at, revision: revision, source: name, member: members[name])
          )
        )
      }
    }
    return messages
  }
}

// MARK: - A bounded memory

extension LiveAnalysis {
  /// The report with what it owes to lines that are no longer held.
  private func whole(_ report: Report) -> Report {
    let archived = ledger.incidents.filter { $0.isArchived && !$0.isWithdrawn }.map(\.incident)
    var report = report
    report.input.warnings = complaints + report.input.warnings
    report.input.firstAt = firstAt ?? report.input.firstAt
    guard !archived.isEmpty else { return report }
    report.incidents = (archived + report.incidents).sorted { $0.startedAt < $1.startedAt }
    if report.verdict.status == .healthy, let last = report.incidents.last {
      let count = report.incidents.count == 1 ? "one incident" : "\(report.incidents.count) incidents"
      report.verdict = Verdict(
        status: .recovered,
        headline: "All is well again after \(count), the last: \(last.title)."
      )
    }
    return report
  }

  /// Gives up the oldest events if there are too many, but not the lines of an incident that goes on, if they fit.
  private mutating func giveUpOldest(_ outcome: Look.Outcome) {
    let limit = options.eventLimit
    guard state.heldEvents > limit, outcome.lookedAt > limit / 2 else { return }
    let times = outcome.result.events.map(\.at)
    let window = EventWindow(limit: limit, incidents: outcome.result.report.incidents, present: clock.latest)
    let kept = window.kept(times)
    for (input, fold) in folds.enumerated() {
      guard let places = outcome.places(ofInput: input, generation: fold.generation) else { continue }
      fold.giveUp(kept.givenUp(places))
    }
    ledger.archive(before: kept.cut)
    state.incidents = ledger.incidents
    state.heldEvents = folds.reduce(0) { $0 + $1.announced.count }
  }
}
