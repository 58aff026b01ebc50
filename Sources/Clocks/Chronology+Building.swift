package import Model

/// Places all events on one time axis.
///
/// A pure function of its arguments but for the machine's zone database, which is read for the names in
/// `options.zones`. The time it takes grows with n log n.
///
/// - Parameters:
///   - events: in any order; each comes out once.
///   - readings: further looks at the clocks, for lines that are no events.
///   - sources: the sources that events and readings refer to by index.
///   - options: what the user says about zones and the year.
/// - Returns: the events in time order, a clock and the sightings for each source, and warnings.
package func chronology(
  of events: [Event],
  readings: [ClockReading],
  sources: [Source],
  options: ClockOptions
) -> Chronology {
  guard !sources.isEmpty else {
    let nameless = Source(name: "-", path: "-", input: 0, framing: .plain, isNamedByPrefix: false)
    var result = chronology(of: events, readings: readings, sources: [nameless], options: options)
    (result.clocks, result.sightings, result.spoken) = ([], [], [])
    return result
  }
  let raw = ClockTable(events: events, readings: readings, sources: sources)
  let causes = CausalPairs(events: events, table: raw)
  let sameInstants = causes.sameInstants()
  let partners = causes.partners(sameInstants)

  var resolver = TimeResolver(table: raw, partners: partners, sameInstants: sameInstants, options: options)
  resolver.resolve()
  let table = resolver.table

  let evidence = OffsetEvidence(table: table, causes: sameInstants + causes.orderings(in: table))
  let offsets = OffsetSolver(evidence: evidence).solve()
  let corrected = CorrectedTimes(table: table, evidence: evidence, offsets: offsets)

  var placement = Placement(table: table, corrected: corrected, isOrdered: evidence.isOrdered, partners: partners)
  let sightings = placement.sightings()
  let spoken = placement.spoken()
  placement.placeUntimed(events: events)

  let summary = ClockSummary(table: table, lanes: resolver.lanes, offsets: offsets, options: options)
  return Chronology(
    events: placement.timedEvents(events),
    clocks: summary.clocks(),
    sightings: sightings,
    spoken: spoken,
    warnings: resolver.warnings + summary.warnings(isOrdered: evidence.isOrdered)
  )
}

extension Placement {
  /// For each source the times at which it was seen to speak, in order and each once.
  fileprivate func sightings() -> [[Instant]] {
    var sightings = [[Int64]](repeating: [], count: table.sources.count)
    for (index, mark) in table.marks.enumerated() where sightings.indices.contains(mark.source) {
      if let time = times[index] { sightings[mark.source].append(time.at) }
    }
    return sightings.map { times in
      var distinct: [Instant] = []
      var times = times
      times.sort(byNumber: { $0 })
      for time in times where distinct.last?.milliseconds != time {
        distinct.append(Instant(milliseconds: time))
      }
      return distinct
    }
  }

  /// For each source the stretches between two readings of which lines in between were not kept.
  fileprivate func spoken() -> [[ClosedRange<Instant>]] {
    var stretches = [[ClosedRange<Instant>]](repeating: [], count: table.sources.count)
    var last = [Int64?](repeating: nil, count: table.sources.count)
    for (index, mark) in table.marks.enumerated() where mark.isReading && stretches.indices.contains(mark.source) {
      guard let time = times[index]?.at else { continue }
      if mark.followsOthers, let before = last[mark.source], before <= time {
        stretches[mark.source].append(Instant(milliseconds: before)...Instant(milliseconds: time))
      }
      last[mark.source] = time
    }
    return stretches
  }

  /// All events in time order; ties keep the order of arrival.
  fileprivate func timedEvents(_ events: [Event]) -> [TimedEvent] {
    let order = table.marks.indices.filter { table.marks[$0].event != nil }.sorted { left, right in
      let (first, second) = (times[left]?.at ?? 0, times[right]?.at ?? 0)
      return first != second ? first < second : isEarlierArrival(left, right)
    }
    return order.compactMap { index in
      guard let event = table.marks[index].event else { return nil }
      let time = times[index] ?? Time(at: 0, earliest: 0, latest: 0)
      return TimedEvent(
        event: events[event],
        at: Instant(milliseconds: time.at),
        earliest: Instant(milliseconds: time.earliest),
        latest: Instant(milliseconds: time.latest)
      )
    }
  }

  private func isEarlierArrival(_ left: Int, _ right: Int) -> Bool {
    let (first, second) = (table.marks[left].arrival, table.marks[right].arrival)
    return first != second ? first < second : left < right
  }
}
