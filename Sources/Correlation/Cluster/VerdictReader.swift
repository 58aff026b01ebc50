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
      let service = showsService ? "Writes work, redundancy does not" : "Redundancy is missing, writes are not shown"
      return Verdict(status: .degraded, headline: "\(service): \(degraded.title).")
    }
    if let last = incidents.last {
      let count = incidents.count == 1 ? "one incident" : "\(incidents.count) incidents"
      return Verdict(status: .recovered, headline: "All is well again after \(count), the last: \(last.title).")
    }
    if let member = observations.directory.members.first(where: isOut) {
      return Verdict(
        status: .unknown,
        headline: "No incident is shown, but \(member) does not run at the end of the log."
      )
    }
    if let (member, timeline, leaders) = memberLeftBehind {
      return Verdict(
        status: .degraded,
        headline: "No incident is shown, but \(member) is on timeline \(timeline), the leader on \(leaders)."
      )
    }
    guard showsService else {
      return Verdict(
        status: .unknown,
        headline: "No incident is shown, and no line tells whether a primary accepts writes."
      )
    }
    let leader = observations.leadership.terms.last?.member
    return Verdict(
      status: .healthy,
      headline: leader.map { "No incident: \($0) leads throughout." } ?? "No incident is shown."
    )
  }

  private func isOut(_ member: String) -> Bool {
    [.diverged, .startFailed].contains(MemberStateReader(observations: observations).state(of: member))
  }

  /// A member that the last listing shows on an older timeline than the leader's: it runs, but does not follow.
  private var memberLeftBehind: (member: String, timeline: Int, leaders: Int)? {
    let listed = observations.directory.members.compactMap { member in
      observations.occurrences.last(.clusterMemberListed, member: member)
    }
    let leader = listed.last { $0.fields[.role] == "leader" }
    guard let leaders = leader?.fields.integer(.timeline) else { return nil }
    for line in listed {
      guard let member = line.member, let timeline = line.fields.integer(.timeline), timeline < leaders else {
        continue
      }
      return (member, timeline, leaders)
    }
    return nil
  }

  /// Whether any line shows a primary at work: a pooler's or a store's alone says nothing of it.
  private var showsService: Bool {
    !observations.leadership.terms.isEmpty || observations.clients.isObserved
      || observations.servers.values.contains { [.primary, .recovery].contains($0.finalState) }
      || observations.proxies.transitions.contains(where: \.isUp)
  }
}
