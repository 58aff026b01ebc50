import Contract
import Model

/// The state of the cluster at the end of the log, in one sentence.
struct VerdictReader {
  let observations: Observations
  let incidents: [Incident]

  func verdict() -> Verdict {
    guard !observations.occurrences.all.isEmpty else {
      return Verdict(status: .unknown, headline: "Nothing in the log tells the state of a cluster.")
    }
    if let ongoing = incidents.last(where: { $0.status == .ongoing }) {
      return Verdict(status: .outage, headline: "Writes do not work at the end of the log: \(ongoing.title).")
    }
    if let degraded = incidents.last(where: { $0.status == .degraded }) {
      return Verdict(status: .degraded, headline: "Writes work, redundancy does not: \(degraded.title).")
    }
    if let last = incidents.last {
      let count = incidents.count == 1 ? "one incident" : "\(incidents.count) incidents"
      return Verdict(status: .recovered, headline: "All is well again after \(count), the last: \(last.title).")
    }
    let leader = observations.leadership.terms.last?.member
    return Verdict(
      status: .healthy,
      headline: leader.map { "No incident: \($0) leads throughout." } ?? "No incident is shown."
    )
  }
}
