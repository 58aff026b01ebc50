import Contract
import Delivery
import Live
import Metrics
import Model
import Reporting

/// Everything that is set in motion by incidents: programs, webhooks, files.
struct IncidentActions {
  private var couriers: [Courier] = []
  private var filter = DeliveryFilter()
  /// Each state of an incident, also those that no one is woken for.
  private var keeper: Courier?
  /// Where numbers are put up; nil without `--metrics`.
  private(set) var board: MetricsBoard?
  private var server: MetricsServer?
  /// What couriers complain about, until somebody takes it.
  let complaints = ComplaintBox()

  /// Makes what the options ask for, and begins to answer scrapes.
  ///
  /// Throws `Failure` if something of it cannot be.
  init(_ options: TailActionOptions) throws {
    let box = complaints
    for line in options.exec {
      guard let words = Command.words(of: line), let program = words.first else { continue }
      let command = Command(words: words, folder: System.temporaryFolder)
      couriers.append(Courier(name: program, complain: { box.add($0) }, attempt: { await command.run($0) }))
    }
    try addWebhooks(options)
    if let path = options.reportDir {
      let directory = ReportDirectory(path: path) { try System.replaceFile($0, with: $1) }
      keeper = Courier(name: path, complain: { box.add($0) }, attempt: { await directory.write($0) })
    }
    try addMetrics(options.metrics)
  }

  private mutating func addWebhooks(_ options: TailActionOptions) throws {
    guard !options.webhook.isEmpty else { return }
    guard waitFor({ await Webhook.isAvailable() }) else {
      throw Failure("--webhook needs the program curl, which is not on the PATH.")
    }
    let secret = try options.webhookSecret.map { try SecretText.read($0, option: "--webhook-secret") }
    if options.webhookFormat == .pagerduty, secret == nil {
      throw Failure("PagerDuty wants a routing key: --webhook-secret env:NAME or file:PATH.", status: .usage)
    }
    let isBearer = options.webhookFormat != .pagerduty
    let headers = isBearer ? secret.map { ["Authorization: Bearer \($0)"] } ?? [] : []
    let box = complaints
    for (index, text) in options.webhook.enumerated() {
      let url = try SecretText.readURL(text)
      let hook = Webhook(
        url: url,
        format: options.webhookFormat,
        headers: headers,
        secret: secret,
        folder: System.temporaryFolder
      )
      couriers.append(
        Courier(name: "webhook \(index + 1)", complain: { box.add($0) }, attempt: { await hook.post($0) })
      )
    }
  }

  private mutating func addMetrics(_ text: String?) throws {
    guard let text, let address = MetricsServer.Address(text) else { return }
    let board = MetricsBoard()
    let outcome: Result<MetricsServer, MetricsServer.Unavailable> = waitFor {
      do throws(MetricsServer.Unavailable) {
        let server = try MetricsServer(address: address, board: board)
        try await server.start()
        return .success(server)
      } catch {
        return .failure(error)
      }
    }
    switch outcome {
    case .success(let server): self.server = server
    case .failure(let failure): throw Failure("--metrics \(text): \(failure.reason).")
    }
    self.board = board
  }

  // MARK: - Incidents

  /// Passes on what has to be told.
  mutating func take(_ notice: IncidentNotice, report: Report, now: Instant) {
    let delivered = Delivered(notice, in: report)
    keeper?.send(delivered)
    let age = notice.incident.incident.endedAt.map { now.seconds(since: $0) }
    guard filter.passes(notice, age: age) else { return }
    for courier in couriers { courier.send(delivered) }
  }

  /// What the couriers have done, by name.
  var tallies: [(name: String, tally: Courier.Tally)] {
    (couriers + [keeper].compactMap { $0 }).map { ($0.name, $0.tally) }
  }

  /// Gives what waits a last chance, ten seconds at most, or until a further signal asks to end.
  func finish() {
    let all = couriers + [keeper].compactMap { $0 }
    for courier in all { courier.stop() }
    let end = ContinuousClock.now + .seconds(10)
    while !all.allSatisfy(\.isIdle), ContinuousClock.now < end, !SignalQueue.isEndWanted {
      System.sleep(milliseconds: 10)
    }
  }
}
