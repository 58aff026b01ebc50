import Model

/// What a head found before the message, as positions and numbers.
struct LayoutFit {
  /// Where the message begins.
  var messageStart = 0
  /// Index of the level word in its component, or -1.
  var level: Int32 = -1
  /// The process id, or -1.
  var pid = -1
  var clock = ClockDigits()
  /// Where the digits of the process id are, or -1 if no step read it.
  var pidStart = -1
  var pidEnd = -1
  /// Whether a level word was passed over before the one that fitted: another head may fit better.
  var isWeak = false
  /// Where the opening ends, or -1 if the layout has none.
  var openingEnd = -1
  /// Where the digits of the hour and of the second are; -1 for the hour if the time has none.
  var hourStart = -1
  var secondStart = 0
  /// Where the digits of the fraction are, and how many; none if the time has no fraction.
  var fractionStart = 0
  var fractionLength = 0
}

/// A field that a head captured.
struct HeadField {
  var ordinal: Int32
  var start: Int32
  var end: Int32
}

/// The parts of a printed time, as they are read.
struct ClockDigits {
  var isPresent = false
  var hasYear = false
  var hasDate = false
  var hasZone = false
  var resolution: UInt16 = 1000
  /// Seconds east of Greenwich, if `hasZone`.
  var zoneOffset: Int32 = 0
  var year = 1972
  var month = 1
  var day = 1
  var hour = 0
  var minute = 0
  var second = 0
  /// Milliseconds of the fraction.
  var fraction = 0
  /// Milliseconds of date, hour and minute where the matcher knew them; else the parts count.
  var base: Int64 = .min

  /// The stamp, or nil if there was no time or its parts are out of range.
  var stamp: Stamp? {
    guard isPresent, let milliseconds else { return nil }
    return Stamp(
      milliseconds: milliseconds,
      missing: hasYear ? .nothing : hasDate ? .year : .date,
      zoneOffset: hasZone ? zoneOffset : nil,
      resolution: resolution
    )
  }

  /// Whether the parts are a possible time.
  var isValid: Bool {
    base != .min ? second <= 60 : civil.isValid
  }

  private var civil: CivilTime {
    CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second, millisecond: fraction)
  }

  private var milliseconds: Int64? {
    if base != .min { return base + Int64(second) * 1000 + Int64(fraction) }
    if !hasDate { return Int64((hour * 60 + minute) * 60 + second) * 1000 + Int64(fraction) }
    return civil.milliseconds
  }
}

/// The last date and minute that a source printed, so that the next line need only compare 16 bytes.
struct MinuteCache {
  var high: UInt64 = 0
  var low: UInt64 = 0
  /// Milliseconds since the epoch of that minute.
  var milliseconds: Int64 = .min
}
