import Contract
import Correlation
import Model

/// What is known of a log's part whose events were put away: its incidents as they were told, and what they stood on.
struct EarlierLog: Sendable {
  /// Incidents that begin before this instant are in here.
  private(set) var boundary = Instant(milliseconds: .min / 2)
  private(set) var incidents: [Incident] = []
  /// The report on the part, without its incidents.
  private var frame: Report
  private var shortened = 0

  /// So many incidents, the latest, are kept with all their evidence.
  private let wholeIncidents: Int

  /// Begins with the report on the first part.
  init(_ report: Report, until boundary: Instant, wholeIncidents: Int) {
    self.wholeIncidents = wholeIncidents
    frame = report
    frame.incidents = []
    take(report, until: boundary)
  }

  /// Takes in the report on a further part, of which everything up to `boundary` is put away.
  mutating func add(_ report: Report, until boundary: Instant) {
    var next = report
    next.incidents = []
    frame = next.following(frame)
    take(report, until: boundary)
  }

  private mutating func take(_ report: Report, until boundary: Instant) {
    incidents += report.incidents.filter { $0.startedAt >= self.boundary && $0.startedAt < boundary }
    self.boundary = max(self.boundary, boundary)
    let whole = max(shortened, incidents.count - wholeIncidents)
    for index in shortened..<whole { incidents[index] = incidents[index].inShort }
    shortened = whole
  }

  /// What the reading of a further part has to know.
  var context: CorrelationContext {
    CorrelationContext(
      clusterName: frame.cluster.name,
      settings: frame.settingsObserved,
      heardMembers: Set(frame.coverage.compactMap { $0.source == nil ? nil : $0.member })
    )
  }

  /// The report on the whole, from the one on the last part.
  func completed(by last: Report) -> Report {
    var report = last.following(frame)
    report.incidents = incidents + last.incidents.filter { $0.startedAt >= boundary }
    report.input.warnings.append(
      "there are more events than are held at once: what began before \(boundary.rfc3339) is told as it was seen then"
    )
    if shortened > 0 {
      report.input.warnings.append(
        "the first \(shortened) of \(report.incidents.count) incidents are told in short, with one line of evidence a claim"
      )
    }
    report.verdict = verdict(last.verdict, report.incidents)
    return report
  }

  /// The verdict on the last part, unless all is well there: then it counts the incidents of the whole.
  private func verdict(_ last: Verdict, _ incidents: [Incident]) -> Verdict {
    switch last.status {
    case .outage, .degraded, .unknown: return last
    case .healthy, .recovered:
      guard let latest = incidents.last else { return last }
      let count = incidents.count == 1 ? "one incident" : "\(incidents.count) incidents"
      return Verdict(
        status: .recovered,
        headline: "All is well again after \(count), the last: \(latest.title)."
      )
    }
  }
}

// MARK: - Two parts of a log

extension Report {
  /// The report on a part, with what an earlier part has shown of the log as a whole; incidents are not looked at.
  fileprivate func following(_ earlier: Report) -> Report {
    var report = self
    report.input.firstAt = earlier.input.firstAt ?? input.firstAt
    report.input.lastAt = input.lastAt ?? earlier.input.lastAt
    for (index, source) in earlier.input.sources.enumerated() where index < report.input.sources.count {
      report.input.sources[index].firstAt = source.firstAt ?? report.input.sources[index].firstAt
      report.input.sources[index].lastAt = report.input.sources[index].lastAt ?? source.lastAt
      report.input.sources[index].member = report.input.sources[index].member ?? source.member
    }
    report.cluster = cluster.following(earlier.cluster)
    let shown = earlier.findings.filter { old in
      !Self.onWholeLog.contains(old.code) && !findings.contains { $0.code == old.code && $0.member == old.member }
    }
    report.findings = shown + findings
    report.coverage = coverage.following(earlier.coverage)
    report.settingsObserved = settingsObserved.following(earlier.settingsObserved)
    return report
  }

  /// What only those can say who have seen the end.
  private static let onWholeLog: Set<FindingCode> = [.missingSource, .truncatedLog]
}

extension Cluster {
  fileprivate func following(_ earlier: Cluster) -> Cluster {
    var cluster = self
    cluster.name = name ?? earlier.name
    cluster.systemIdentifier = systemIdentifier ?? earlier.systemIdentifier
    cluster.dcs = dcs ?? earlier.dcs
    cluster.primaryAtStart = earlier.primaryAtStart
    cluster.timelineAtStart = earlier.timelineAtStart
    cluster.timelineAtEnd = timelineAtEnd ?? earlier.timelineAtEnd
    cluster.primaryAtEnd = primaryAtEnd ?? earlier.primaryAtEnd
    for old in earlier.members {
      if let index = cluster.members.firstIndex(where: { $0.name == old.name }) {
        cluster.members[index].roleAtStart = old.roleAtStart
        cluster.members[index].timelineAtEnd = cluster.members[index].timelineAtEnd ?? old.timelineAtEnd
        // An address that has gone over to another member since is not both members'.
        let taken = cluster.members.flatMap(\.aliases)
        for alias in old.aliases where !taken.contains(alias) {
          cluster.members[index].aliases.append(alias)
        }
      } else {
        cluster.members.append(old)
      }
    }
    return cluster
  }
}

extension [Coverage] {
  fileprivate func following(_ earlier: [Coverage]) -> [Coverage] {
    var all = self
    for old in earlier {
      let place = all.firstIndex { $0.member == old.member && $0.component == old.component && $0.source == old.source }
      guard let place else {
        if old.source != nil { all.append(old) }
        continue
      }
      all[place].firstAt = old.firstAt ?? all[place].firstAt
      all[place].lastAt = all[place].lastAt ?? old.lastAt
      all[place].gaps =
        old.gaps.filter { gap in !all[place].gaps.contains { $0.from <= gap.to && gap.from <= $0.to } }
        + all[place].gaps
    }
    return all
  }
}

extension [ObservedSetting] {
  fileprivate func following(_ earlier: [ObservedSetting]) -> [ObservedSetting] {
    // A value that a line stated is worth more than the bounds that a rhythm gives away.
    let left = filter { new in
      new.value != nil || !earlier.contains { Self.isSame($0, new) && $0.value != nil }
    }
    return left + earlier.filter { old in !left.contains { Self.isSame($0, old) } }
  }

  private static func isSame(_ left: ObservedSetting, _ right: ObservedSetting) -> Bool {
    left.component == right.component && left.setting == right.setting
  }
}
