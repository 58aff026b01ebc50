package import Contract

/// What many incidents have in common: how often, how long, why, where.
package struct ReportStatistics: Codable, Hashable, Sendable {
  /// How many reports were read.
  package var reports: Int
  /// How many different incidents they tell.
  package var incidents: Int
  package var kinds: [Count]
  package var rootCauses: [Count]
  /// The members that root causes lie with.
  package var members: [Count]
  package var findings: [Count]
  package var lostWrites: [Count]
  /// Seconds without writes.
  package var writeOutage: Distribution?
  package var phases: [PhaseDistribution]

  /// Reads the incidents of several reports; an incident that several tell counts once, as the last one tells it.
  package init(of reports: [Report]) {
    var latest: [String: Incident] = [:]
    for incident in reports.flatMap(\.incidents) { latest[incident.id] = incident }
    let all = latest.values.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    self.reports = reports.count
    incidents = all.count
    kinds = Count.of(all.map(\.kind.rawValue))
    rootCauses = Count.of(all.map(\.rootCause.code.rawValue))
    members = Count.of(all.compactMap(\.rootCause.member))
    findings = Count.of(all.flatMap { Set($0.findings.map(\.code.rawValue)) })
    lostWrites = Count.of(all.map(\.impact.lostWrites.verdict.rawValue))
    writeOutage = Distribution(of: all.compactMap { $0.impact.writeOutage?.duration })
    phases = PhaseName.allCases.compactMap { name in
      Distribution(of: all.flatMap(\.phases).filter { $0.name == name }.compactMap(\.duration))
        .map { PhaseDistribution(name: name.rawValue, duration: $0) }
    }
  }
}

/// How often something occurs.
package struct Count: Codable, Hashable, Sendable {
  package var name: String
  package var count: Int

  /// The names with their counts, most frequent first.
  static func of(_ names: [String]) -> [Count] {
    Dictionary(grouping: names) { $0 }.map { Count(name: $0.key, count: $0.value.count) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }
}

/// How long a phase took over all incidents.
package struct PhaseDistribution: Codable, Hashable, Sendable {
  package var name: String
  package var duration: Distribution
}

/// Durations in seconds, by nearest rank: each figure is one that was measured.
package struct Distribution: Codable, Hashable, Sendable {
  package var count: Int
  package var minimum: Double
  package var median: Double
  package var p90: Double
  package var p99: Double
  package var maximum: Double

  /// Nil if there is nothing to distribute.
  init?(of values: [Double]) {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last else { return nil }
    count = sorted.count
    minimum = first
    median = Self.percentile(50, of: sorted)
    p90 = Self.percentile(90, of: sorted)
    p99 = Self.percentile(99, of: sorted)
    maximum = last
  }

  /// The smallest value that `percent` of the values do not exceed.
  private static func percentile(_ percent: Int, of sorted: [Double]) -> Double {
    sorted[max(0, (sorted.count * percent + 99) / 100 - 1)]
  }

  private enum CodingKeys: String, CodingKey {
    case count
    case minimum = "min_s"
    case median = "p50_s"
    case p90 = "p90_s"
    case p99 = "p99_s"
    case maximum = "max_s"
  }
}
