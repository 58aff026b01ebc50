import Contract
import Testing

/// Clocks that are shifted, skewed, in other zones: the report moves with them, or stays where it is.
@Suite struct ClockChangeTests {
  /// All clocks together: some hours, over midnight, over new year, and more than a year.
  @Test(arguments: LabelledLog.short)
  func allClocksShifted(label: LabelledLog) throws {
    let baseline = try Baseline(label)
    let start = baseline.outline.incidents.first?.times["start"] ?? 1_795_398_000.0
    let middle = Int64(start) + 5
    let day: Int64 = 86_400
    let toMidnight = day - middle % day
    let toNewYear = 1_798_761_600 - middle
    let year = label.name.contains("seed") ? 2025 : 2026
    let shifts: [Int64] =
      LabelledLog.isFullMatrix ? [5 * 3600, toMidnight, toNewYear, 400 * day] : [toMidnight, toNewYear]
    for seconds in shifts {
      try baseline.expectSame(
        after: ShiftedClocks(seconds: seconds, year: year),
        Comparison(shift: Double(seconds))
      )
    }
  }

  @Test(arguments: LabelledLog.few)
  func oneServiceInAnotherZone(label: LabelledLog) throws {
    let baseline = try Baseline(label)
    for service in baseline.log.composeLines?.sources ?? [] {
      for zone in [(hours: Int64(1), name: "CET"), (hours: -5, name: "EST")] {
        try baseline.expectSame(
          after: RezonedService(service: service, hours: zone.hours, name: zone.name),
          Comparison(tolerance: 0.05)
        )
      }
    }
  }

  /// A skewed clock is found and corrected where the order of arrival tells it; small offsets are told as intervals.
  @Test(arguments: LabelledLog.few)
  func oneServiceSkewed(label: LabelledLog) throws {
    let baseline = try Baseline(label)
    let all: [Int64] = [-100, 100, -500, 500, -2000, 2000, -7000, 7000, -30_000, 30_000, -300_000, 300_000]
    let far: [Int64] = [-3_600_000, 3_600_000, -50_400_000, 50_400_000]
    var generator = SeededGenerator(seed: UInt64(label.name.utf8.count))
    for service in baseline.log.composeLines?.sources ?? [] {
      let skews =
        LabelledLog.isFullMatrix
        ? all + far : [all.randomElement(using: &generator) ?? 100, far.randomElement(using: &generator) ?? 0]
      for skew in skews where !baseline.isCoarse(service) || skew % 1000 == 0 {
        try expectSkewFound(baseline, SkewedService(service: service, milliseconds: skew))
      }
    }
  }

  /// What a clock's uncertainty may add to a report or take from it: a loss of writes is not ruled out any more.
  private static let takenAwayBySkew = [
    "findings: clock_skew", "remedies: fix_clock", "findings: pooler_stuck", "remedies: tune_pooler",
    "phases: pool_reconnect", "lost writes: none became possible", "lost writes: none became unknown",
    "findings: writes_at_risk", "remedies: enable_synchronous_mode",
  ]

  private func expectSkewFound(_ baseline: Baseline, _ skewed: SkewedService) throws {
    guard let changed = skewed.applied(to: baseline.log) else { return }
    let report = try Analyst.report(on: changed)
    let reference = report.input.sources.first { $0.clock.offsetFrom == .reference }?.name
    // Where as many clocks are right as wrong, the skewed one may be what the others are held against.
    let shift = reference == skewed.service ? Double(skewed.milliseconds) / 1000 : 0
    let comparison = Comparison(shift: shift, tolerance: 2, ignoring: Self.takenAwayBySkew)
    baseline.expectSame(report, after: "\(skewed)", comparison)
    for source in report.input.sources {
      let isSkewed = source.name == skewed.service
      // The offset is told against the reference, whose own is 0.
      let skew =
        reference == skewed.service ? (isSkewed ? 0 : -skewed.milliseconds) : isSkewed ? skewed.milliseconds : 0
      let clock = source.clock
      #expect(
        clock.contains(Double(skew) / 1000),
        "\(baseline.label), \(skewed): \(source.name) is in \(clock.zone), off by \(clock.lower ?? -.infinity) to \(clock.upper ?? .infinity) s"
      )
    }
  }

  /// Separate files have no order of arrival: what is not known must not be claimed.
  @Test(arguments: LabelledLog.few)
  func oneServiceSkewedInFiles(label: LabelledLog) throws {
    guard let baseline = try Baseline(label, after: SplitByService()) else { return }
    let hadTwoPrimaries = try Baseline(label).report.incidents.contains { $0.kind == .splitBrain }
    for file in baseline.log.files {
      for skew in [Int64(-7000), 7000, 300_000] {
        let move = StampRewriter(shift: skew)
        let files = baseline.log.files.map { other in
          other == file ? LogFile(name: other.name, lines: other.lines.map { move($0) }) : other
        }
        let report = try Analyst.report(on: LogSet(files: files))
        let case_ = "\(label), files, the clock of \(file.name) off by \(skew) ms"
        for incident in report.incidents where !hadTwoPrimaries {
          #expect(incident.kind != .splitBrain, "\(case_): two primaries that there were not")
          #expect(incident.impact.dualPrimary != .proven, "\(case_): two primaries that there were not")
        }
        let source = report.input.sources.first { $0.name + ".log" == file.name }
        if let clock = source?.clock, clock.offsetFrom == .inferred {
          let reference = report.input.sources.first { $0.clock.offsetFrom == .reference }
          #expect(clock.contains(Double(skew) / 1000), "\(case_): \(clock), reference \(reference?.name ?? "-")")
        }
      }
    }
  }

  /// What interrupted the service ties the clocks of separate files together: no clock makes a second incident.
  @Test(arguments: LabelledLog.interrupted)
  func oneServiceFarOffInFiles(label: LabelledLog) throws {
    guard let baseline = try Baseline(label, after: SplitByService()) else { return }
    for file in baseline.log.files {
      for skew in [Int64(-40_000), 40_000] {
        let move = StampRewriter(shift: skew)
        let files = baseline.log.files.map { other in
          other == file ? LogFile(name: other.name, lines: other.lines.map { move($0) }) : other
        }
        let report = try Analyst.report(on: LogSet(files: files))
        #expect(
          report.incidents.map(\.kind) == baseline.report.incidents.map(\.kind),
          "\(label), files, the clock of \(file.name) off by \(skew) ms"
        )
      }
    }
  }

  /// Whatever the hour of the change, the instants are those of the clocks that print their zone.
  @Test(arguments: LabelledLog.few)
  func daylightSavingEndsInTheLog(label: LabelledLog) throws {
    let baseline = try Baseline(label)
    for share in [0.3, 0.6] {
      try baseline.expectSame(after: ClocksSetBack(share: share), Comparison(tolerance: 1.05))
    }
  }
}

extension Baseline {
  /// Whether a service's own times have whole seconds only.
  fileprivate func isCoarse(_ service: String) -> Bool {
    ["haproxy", "monitor"].contains(service)
  }
}

extension SourceClock {
  /// Whether the clock may be this many seconds ahead, the error of a zone that was taken for the skew included.
  fileprivate func contains(_ skew: Double, slack: Double = 0.35) -> Bool {
    let sign: Double = zone.hasPrefix("-") ? -1 : 1
    let parts = zone.dropFirst().split(separator: ":").compactMap { Double($0) }
    let east = parts.count == 2 && zoneFrom != .explicit ? sign * (parts[0] * 3600 + parts[1] * 60) : 0
    let days: [Double] = east == 0 ? [0] : [-86_400, 0, 86_400]
    return days.contains { day in
      let rest = skew - east + day
      return (lower ?? -.infinity) - slack <= rest && rest <= (upper ?? .infinity) + slack
    }
  }
}
