import Model

extension LayoutMatcher {
  /// Reads `YYYY-MM-DD hh:mm:ss`.
  ///
  /// The first 16 bytes are compared with the source's last ones and rarely parsed.
  @inline(__always)
  mutating func dateAndTime(
    _ step: LayoutStep,
    _ line: Span<UInt8>,
    _ position: Int,
    _ end: Int,
    _ minute: inout MinuteCache
  ) -> Int {
    guard position &+ 19 <= end else { return -1 }
    let high = line.word(at: position)
    let low = line.word(at: position &+ 8)
    let date = UInt8(truncatingIfNeeded: step.first)
    let time = UInt8(truncatingIfNeeded: step.second)
    guard UInt8(truncatingIfNeeded: high >> 32) == date, UInt8(truncatingIfNeeded: low >> 16) == time else {
      return -1
    }
    if high != minute.high || low != minute.low || minute.milliseconds == .min {
      guard readMinute(line, position, into: &minute, high, low) else { return -1 }
    }
    guard line[position &+ 16] == UInt8(ascii: ":") else { return -1 }
    let tens = line[position &+ 17] &- 0x30
    let ones = line[position &+ 18] &- 0x30
    guard tens < 7, ones < 10 else { return -1 }
    fit.clock.isPresent = true
    fit.clock.hasYear = true
    fit.clock.hasDate = true
    fit.clock.base = minute.milliseconds
    fit.clock.second = Int(tens) &* 10 &+ Int(ones)
    fit.hourStart = position &+ 11
    fit.secondStart = position &+ 17
    return position &+ 19
  }

  /// Parses the 16 bytes of a date, an hour and a minute; false if they are none.
  @inline(never)
  private func readMinute(
    _ line: Span<UInt8>,
    _ position: Int,
    into minute: inout MinuteCache,
    _ high: UInt64,
    _ low: UInt64
  ) -> Bool {
    guard line[position + 4] == line[position + 7], line[position + 13] == UInt8(ascii: ":"),
      let year = number(line, position, 4), let month = number(line, position + 5, 2),
      let day = number(line, position + 8, 2), let hour = number(line, position + 11, 2),
      let minutes = number(line, position + 14, 2)
    else { return false }
    let civil = CivilTime(year: year, month: month, day: day, hour: hour, minute: minutes)
    guard civil.isValid else { return false }
    minute.high = high
    minute.low = low
    minute.milliseconds = civil.milliseconds
    return true
  }

  /// Reads the parts of less common times; returns the position after it, or -1.
  mutating func timePart(_ step: LayoutStep, _ line: Span<UInt8>, _ position: Int, _ end: Int) -> Int {
    switch step.kind {
    case .fraction: return fraction(line, position, end)
    case .epoch: return epoch(line, position, end)
    case .monthName: return monthName(line, position, end)
    case .looseDay: return looseDay(line, position, end)
    default: break
    }
    let digits = step.kind == .year ? 4 : 2
    guard position + digits <= end, let value = number(line, position, digits) else { return -1 }
    fit.clock.isPresent = true
    switch step.kind {
    case .year:
      fit.clock.year = value
      fit.clock.hasYear = true
    case .month:
      fit.clock.month = value
      fit.clock.hasDate = true
    case .day: fit.clock.day = value
    case .hour:
      fit.clock.hour = value
      fit.hourStart = position
    case .minute: fit.clock.minute = value
    case .second:
      fit.clock.second = value
      fit.secondStart = position
    default: return -1
    }
    return position + digits
  }

  /// A decimal number of exactly `digits` digits; the caller sees to it that they lie inside the line.
  private func number(_ line: Span<UInt8>, _ position: Int, _ digits: Int) -> Int? {
    var value = 0
    for index in position..<position + digits {
      guard line[index].isDigit else { return nil }
      value = value * 10 + Int(line[index] - 0x30)
    }
    return value
  }

  @inline(__always)
  private mutating func fraction(_ line: Span<UInt8>, _ position: Int, _ end: Int) -> Int {
    var next = position
    var value = 0
    while next < end, line[next].isDigit {
      if next &- position < 3 { value = value &* 10 &+ Int(line[next] &- 0x30) }
      next &+= 1
    }
    guard next > position else { return -1 }
    let digits = next &- position
    fit.fractionStart = position
    fit.fractionLength = digits
    fit.clock.fraction = digits >= 3 ? value : digits == 2 ? value &* 10 : value &* 100
    fit.clock.resolution = digits >= 3 ? 1 : digits == 2 ? 10 : 100
    return next
  }

  @inline(__always)
  mutating func optionalFraction(_ mark: UInt8, _ line: Span<UInt8>, _ position: Int, _ end: Int) -> Int {
    guard position + 1 < end, line[position] == mark, line[position + 1].isDigit else { return position }
    return fraction(line, position + 1, end)
  }

  /// Seconds since 1970 with an optional fraction.
  private mutating func epoch(_ line: Span<UInt8>, _ position: Int, _ end: Int) -> Int {
    var value: Int64 = 0
    var next = position
    while next < end, line[next].isDigit, next - position < 12 {
      value = value * 10 + Int64(line[next] - 0x30)
      next += 1
    }
    guard next - position >= 8 else { return -1 }
    fit.clock.isPresent = true
    fit.clock.hasYear = true
    fit.clock.hasDate = true
    fit.clock.hasZone = true
    fit.clock.base = value * 1000
    return optionalFraction(UInt8(ascii: "."), line, next, end)
  }

  private mutating func monthName(_ line: Span<UInt8>, _ position: Int, _ end: Int) -> Int {
    guard position + 3 <= end else { return -1 }
    let names: StaticString = "janfebmaraprmayjunjulaugsepoctnovdec"
    let key = (line[position] | 0x20, line[position + 1] | 0x20, line[position + 2] | 0x20)
    let month = names.withUTF8Buffer { names in
      (0..<12).first { names[$0 * 3] == key.0 && names[$0 * 3 + 1] == key.1 && names[$0 * 3 + 2] == key.2 }
    }
    guard let month else { return -1 }
    fit.clock.isPresent = true
    fit.clock.hasDate = true
    fit.clock.month = month + 1
    return position + 3
  }

  private mutating func looseDay(_ line: Span<UInt8>, _ position: Int, _ end: Int) -> Int {
    var next = position
    if next < end, line[next] == 0x20 { next += 1 }
    let start = next
    var value = 0
    while next < end, next - start < 2, line[next].isDigit {
      value = value * 10 + Int(line[next] - 0x30)
      next += 1
    }
    guard next > start else { return -1 }
    fit.clock.day = value
    return next
  }

  // MARK: Zones

  /// Reads a zone: an abbreviation, an offset or a region's name.
  @inline(__always)
  mutating func zone(_ line: Span<UInt8>, _ position: Int, _ end: Int) -> Int {
    let next = position &+ 3
    if line.halfWord(at: position) & 0xFF_FFFF == 0x43_5455, next <= end, next == end || !line[next].isZoneByte {
      fit.clock.hasZone = true
      fit.clock.zoneOffset = 0
      return next
    }
    return otherZone(line, position, end)
  }

  @inline(never)
  private mutating func otherZone(_ line: Span<UInt8>, _ position: Int, _ end: Int) -> Int {
    guard position < end else { return -1 }
    if line[position] == UInt8(ascii: "+") || line[position] == UInt8(ascii: "-") {
      return offset(line, position, end)
    }
    var next = position
    while next < end, line[next].isZoneByte, next - position < 40 { next += 1 }
    guard next > position, (line[position] | 0x20) &- 0x61 < 26 else { return -1 }
    if let offset = ZoneNames.offset(of: line, position, next) {
      fit.clock.hasZone = true
      fit.clock.zoneOffset = offset
    }
    return next
  }

  /// `+02`, `+0200` or `+02:00`.
  private mutating func offset(_ line: Span<UInt8>, _ position: Int, _ end: Int) -> Int {
    guard position + 3 <= end, let hours = number(line, position + 1, 2), hours <= 15 else { return -1 }
    var next = position + 3
    var minutes = 0
    let colon = next < end && line[next] == UInt8(ascii: ":") ? 1 : 0
    if next + colon + 2 <= end, let value = number(line, next + colon, 2), value < 60 {
      minutes = value
      next += colon + 2
    }
    let seconds = Int32(hours * 3600 + minutes * 60)
    fit.clock.hasZone = true
    fit.clock.zoneOffset = line[position] == UInt8(ascii: "-") ? -seconds : seconds
    return next
  }
}

extension UInt8 {
  /// Whether the byte may stand in a zone's name such as `Europe/Berlin` or `Etc/GMT-3`.
  @inline(__always)
  var isZoneByte: Bool {
    isWordByte || self == UInt8(ascii: "/") || self == UInt8(ascii: "-") || self == UInt8(ascii: "+")
  }
}
