/// What a line's stamp was read as.
struct StampReading {
  var mark: Int
  /// Milliseconds since 1970 in UTC; the clock's error is still in it.
  var time: Int64
  /// The zone, in milliseconds east of Greenwich.
  var offset: Int64
  /// Whether nothing but the lane's other lines tells the zone.
  var isFree: Bool
}

extension [StampReading] {
  /// Lines that nothing else dates, and that seem an hour later than the next line of their source, were written
  /// before that hour came again: in summer time.
  mutating func bringBeforeTheRepeatedHour() {
    for index in indices.dropLast().reversed() where self[index].isFree {
      guard (3_000_000...4_200_000).contains(self[index].time - self[index + 1].time) else { continue }
      self[index].time -= 3_600_000
      self[index].offset += 3_600_000
    }
  }
}
