import Contract
import Delivery
import Live
import Metrics
import Model

/// The numbers of a live run, as a scrape gets them.
struct MetricsText {
  let page: MetricsPage

  init(state: LiveState, tallies: [(name: String, tally: Courier.Tally)], now: Instant) {
    var page = MetricsPage()
    Self.addCounts(state, now, to: &page)
    Self.addCluster(state, to: &page)
    Self.addIncidents(state, to: &page)
    Self.addDelivery(tallies, to: &page)
    self.page = page
  }

  private static func addCounts(_ state: LiveState, _ now: Instant, to page: inout MetricsPage) {
    page.counter("failscope_lines_total", "Lines read.", [([], Double(state.lines))])
    page.counter("failscope_bytes_total", "Bytes read.", [([], Double(state.bytes))])
    page.counter("failscope_events_total", "Lines that are events.", [([], Double(state.events))])
    page.gauge(
      "failscope_unrecognised_lines",
      "Lines that no parser knows.",
      [([], Double(state.unrecognizedLines))]
    )
    if let latest = state.latest {
      page.gauge(
        "failscope_lag_seconds",
        "From the time of the latest line until now.",
        [([], now.seconds(since: latest))]
      )
    }
    page.gauge("failscope_held_events", "Events in the window that is analysed.", [([], Double(state.heldEvents))])
    page.gauge("failscope_analysis_seconds", "How long the last analysis took.", [([], state.lookDuration)])
  }

  private static func addCluster(_ state: LiveState, to page: inout MetricsPage) {
    guard let report = state.report else { return }
    let cluster = report.cluster
    page.gauge(
      "failscope_leader",
      "1 for the member that leads.",
      cluster.members.map { member in
        ([.init("member", member.name)], member.name == cluster.primaryAtEnd ? 1 : 0)
      }
    )
    if let timeline = cluster.timelineAtEnd {
      page.gauge("failscope_timeline", "The timeline of the leader.", [([], Double(timeline))])
    }
    page.gauge(
      "failscope_verdict",
      "1 for the state that the cluster is in.",
      VerdictStatus.allCases.map { status in
        ([.init("status", status.rawValue)], status == report.verdict.status ? 1 : 0)
      }
    )
  }

  private static func addIncidents(_ state: LiveState, to page: inout MetricsPage) {
    var counts: [String: (labels: [MetricsPage.Label], value: Double)] = [:]
    var outage = 0.0
    for tracked in state.incidents where !tracked.isWithdrawn {
      let incident = tracked.incident
      let key = "\(incident.kind.rawValue) \(incident.status.rawValue)"
      let labels = [
        MetricsPage.Label("kind", incident.kind.rawValue), MetricsPage.Label("status", incident.status.rawValue),
      ]
      counts[key] = (labels, (counts[key]?.value ?? 0) + 1)
      outage += seconds(of: incident.impact, until: state.latest)
    }
    page.gauge(
      "failscope_incidents",
      "Incidents by kind and status.",
      counts.sorted { $0.key < $1.key }.map { ($0.value.labels, $0.value.value) }
    )
    page.gauge("failscope_write_outage_seconds", "Seconds without writes, of all incidents.", [([], outage)])
    let isOut = state.open.contains { $0.incident.status == .ongoing }
    page.gauge("failscope_writes_failing", "1 while writes do not work.", [([], isOut ? 1 : 0)])
  }

  private static func seconds(of impact: Impact, until now: Instant?) -> Double {
    ([impact.writeOutage].compactMap { $0 } + impact.otherWriteOutages).reduce(0) { sum, window in
      sum + (window.duration ?? now.map { max(0, $0.seconds(since: window.from)) } ?? 0)
    }
  }

  private static func addDelivery(_ tallies: [(name: String, tally: Courier.Tally)], to page: inout MetricsPage) {
    func samples(_ value: (Courier.Tally) -> Int) -> [(labels: [MetricsPage.Label], value: Double)] {
      tallies.enumerated().map { index, entry in
        ([.init("to", entry.name), .init("number", String(index + 1))], Double(value(entry.tally)))
      }
    }
    guard !tallies.isEmpty else { return }
    page.gauge("failscope_delivery_waiting", "Notices that wait.", samples(\.waiting))
    page.counter("failscope_delivered_total", "Notices that arrived.", samples(\.delivered))
    page.counter("failscope_delivery_failed_total", "Notices that were given up.", samples(\.failed))
    page.counter("failscope_delivery_dropped_total", "Notices that a full queue dropped.", samples(\.dropped))
  }
}
