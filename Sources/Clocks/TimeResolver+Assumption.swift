import Contract
import Model

extension TimeResolver {
  /// Takes UTC for the one open lane that says most, so that the others can be measured against it.
  mutating func assumeOne() {
    let open = lanes.indices.filter { lanes[$0].origin == nil }
    let first = open.min { left, right in
      (lanes[left].missing.rawValue, -lanes[left].marks.count, left)
        < (lanes[right].missing.rawValue, -lanes[right].marks.count, right)
    }
    guard let index = first else { return }
    isAnchorAssumed = true
    settle(index, offsets: [0], origin: .assumed, brackets: [], startingPoint: anchor(of: lanes[index]))
  }

  /// A time near the lane's first mark where nothing in the log tells the date.
  private mutating func anchor(of lane: ClockLane) -> Int64? {
    let name = table.sources[lane.source].name
    switch lane.missing {
    case .nothing:
      return nil
    case .date:
      if let year = options.year { return CivilTime(year: year, month: 1, day: 1, hour: 12).milliseconds }
      warnings.append("Nothing tells the date of the times in \(name); they are placed on 1970-01-01.")
      return CivilTime.millisecondsPerDay / 2
    case .year:
      guard let first = lane.marks.first.flatMap({ stamp($0, lane) }) else { return nil }
      if let year = options.year { return first.wallTime(inYear: year - yearsCrossed(by: lane)) }
      warnings.append("Nothing tells the year of the times in \(name); 1970 is taken (--year says otherwise).")
      return first.wallTime(inYear: 1970)
    }
  }

  private func yearsCrossed(by lane: ClockLane) -> Int {
    guard let first = lane.marks.first.flatMap({ stamp($0, lane) }) else { return 0 }
    let end = first.milliseconds + duration(of: lane)
    return CivilTime(milliseconds: end).year - CivilTime(milliseconds: first.milliseconds).year
  }
}
