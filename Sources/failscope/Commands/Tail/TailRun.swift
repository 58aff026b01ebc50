import Analyzer
import Contract
import Following
import Ingestion
import Live
import Metrics
import Model
import Reporting

/// The loop of a live run: waits for lines, keys and signals, and passes on what comes of them.
///
/// One thread reads and writes, so that a slow reader of the output slows the reading of the input: nothing is lost and
/// nothing piles up. Looks, webhooks and programs work beside it.
struct TailRun: ~Copyable {
  private var inputs: FollowedInputs
  private var analysis: LiveAnalysis
  private var output: TailOutput
  private var actions: IncidentActions
  private let reportPath: String?
  private let waker: Waker
  private let look = Slot<Look.Outcome>()
  private var isLooking = false
  private var lastPost = -Double.infinity

  /// The longest sleep, in seconds: signals are looked at that often.
  private static let longestSleep = 0.1

  init(
    inputs: consuming FollowedInputs,
    options: LiveOptions,
    output: TailOutputOptions,
    actions: IncidentActions
  ) throws {
    guard let waker = Waker() else { throw Failure("no descriptors are left.") }
    self.waker = waker
    self.inputs = inputs
    self.actions = actions
    reportPath = output.report
    analysis = LiveAnalysis(
      catalogue: ParserDirectories.catalogue(options.analysis.parserDirectories),
      options: options
    )
    self.output = TailOutput(output)
    for identity in self.inputs.identities { _ = analysis.addInput(identity) }
  }

  /// Runs until the input ends, a signal comes, the user quits, or nobody reads the output any more.
  mutating func run() throws {
    try output.begin()
    defer { output.end() }
    var isStopped = false
    do {
      while !isStopped, !inputs.isFinished { isStopped = try turn() }
    } catch is ReaderGone {
      isStopped = true
    } catch {
      finishWithoutOutput()
      throw error
    }
    inputs.stop()
    let last = analysis.finish(uptime: System.uptime)
    do {
      try pass(on: last)
      try output.finish(analysis.state)
    } catch is ReaderGone {}
    output.end()
    actions.finish()
    complain()
    try writeReport()
    if analysis.state.lines == 0, !isStopped { throw Failure("the input is empty.") }
  }

  private mutating func finishWithoutOutput() {
    inputs.stop()
    output.end()
    actions.finish()
  }

  /// One turn of the loop; true if the run should end.
  private mutating func turn() throws -> Bool {
    // What is held must not grow while looks cannot keep up: lines wait where they are.
    let isReading = !analysis.isFull
    let ready = System.wait(
      for: [waker.descriptor, SignalQueue.descriptor] + (isReading ? inputs.descriptors : []) + output.descriptors,
      seconds: analysis.nextLook.map { min(Self.longestSleep, max(0, $0 - System.uptime)) } ?? Self.longestSleep
    )
    if try handleSignals(isReady: ready.contains(SignalQueue.descriptor)) { return true }
    if ready.contains(waker.descriptor) { waker.drain() }
    let uptime = System.uptime
    if isReading {
      for arrival in inputs.read(ready: ready, uptime: uptime) { try take(arrival, uptime) }
    }
    try takeLook()
    if try output.handleKeys(ready: ready, state: analysis.state) { return true }
    complain()
    post()
    try output.refresh(analysis.state, uptime: System.uptime)
    return false
  }

  // MARK: - Lines

  private mutating func take(_ arrival: FollowedInputs.Arrival, _ uptime: Double) throws {
    switch arrival.event {
    case .bytes(let bytes):
      try pass(on: analysis.feed(bytes, to: arrival.input, uptime: uptime))
      // A pipe says that it is empty only by not being ready.
      if !System.isReadable(inputs.descriptors) { try pass(on: analysis.pause(arrival.input, uptime: uptime)) }
    case .paused: try pass(on: analysis.pause(arrival.input, uptime: uptime))
    case .fileEnded: try pass(on: analysis.endFile(arrival.input, uptime: uptime))
    case .note(let note):
      analysis.complain(note)
      actions.complaints.add(note)
    case .finished: return
    }
  }

  private mutating func pass(on messages: [LiveMessage]) throws {
    guard !messages.isEmpty else { return }
    if let report = analysis.state.report {
      for case .incident(let notice) in messages { actions.take(notice, report: report, now: System.now) }
    }
    try output.write(messages, uptime: System.uptime)
  }

  // MARK: - Looks

  /// Takes in a look that is done, and begins one that is due.
  private mutating func takeLook() throws {
    if let outcome = look.take() {
      isLooking = false
      try pass(on: analysis.endLook(outcome, uptime: System.uptime))
    }
    guard !isLooking, analysis.isLookDue(uptime: System.uptime) else { return }
    isLooking = true
    let next = analysis.beginLook(uptime: System.uptime)
    let (slot, waker) = (look, waker)
    Task.detached {
      slot.fill(next.run())
      waker.wake()
    }
  }

  // MARK: - The rest

  /// Handles what signals ask for; true if one asks to end.
  private mutating func handleSignals(isReady: Bool) throws -> Bool {
    for signal in SignalQueue.take(isReady: isReady) {
      switch signal {
      case .interrupt, .terminate, .hangUp: return true
      case .resize: output.resize()
      case .suspend:
        output.end()
        SignalQueue.suspend()
        try output.begin()
      }
    }
    return false
  }

  private mutating func complain() {
    for complaint in actions.complaints.take() { output.complain(complaint) }
  }

  private mutating func post() {
    guard let board = actions.board, System.uptime - lastPost >= 0.5 else { return }
    lastPost = System.uptime
    board.post(
      MetricsText(state: analysis.state, tallies: actions.tallies, now: System.now).page,
      isHealthy: !inputs.isFinished
    )
  }

  private func writeReport() throws {
    guard let reportPath, let report = analysis.state.report else { return }
    try Destination.file(reportPath).write(try ReportText(report, path: reportPath).text)
  }
}

/// A report in the form that its file's name asks for.
struct ReportText {
  let text: String

  init(_ report: Report, path: String) throws {
    if path.hasSuffix(".json") {
      text = try json(report)
    } else if path.hasSuffix(".md") {
      text = markdown(report)
    } else {
      text = terminal(report, options: TerminalOptions(width: Display.usualWidth, color: false, ascii: false))
    }
  }
}
