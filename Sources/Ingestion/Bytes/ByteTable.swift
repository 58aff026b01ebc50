/// Names seen in lines, looked up by their bytes without making a `String`.
///
/// It takes a limited number of names, so that hostile input can neither fill the memory nor make look-ups slow.
struct ByteTable: Sendable {
  private struct Entry {
    var hash: UInt64
    var offset: Int
    var length: Int
    var kind: UInt8
    var value: Int
  }

  private let limit: Int
  private let mask: Int
  private var slots: [Int32]
  private var entries: [Entry] = []
  private var names: [UInt8] = []

  /// Makes a table for up to `limit` names.
  init(limit: Int) {
    self.limit = limit
    var size = 16
    while size < limit * 2 { size *= 2 }
    mask = size - 1
    slots = [Int32](repeating: -1, count: size)
  }

  var isFull: Bool { entries.count >= limit }

  /// The value kept for the name in `range`; names of different `kind` are different names.
  func value(_ bytes: Span<UInt8>, _ range: Range<Int>, kind: UInt8) -> Int? {
    guard let index = index(bytes, range, kind, hash(bytes, range, kind)) else { return nil }
    return entries[index].value
  }

  /// Keeps `value` for the name; false if the table is full.
  @discardableResult
  mutating func set(_ value: Int, _ bytes: Span<UInt8>, _ range: Range<Int>, kind: UInt8) -> Bool {
    let hash = hash(bytes, range, kind)
    if let index = index(bytes, range, kind, hash) {
      entries[index].value = value
      return true
    }
    guard !isFull else { return false }
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 { slot = (slot + 1) & mask }
    slots[slot] = Int32(entries.count)
    entries.append(Entry(hash: hash, offset: names.count, length: range.count, kind: kind, value: value))
    for position in range { names.append(bytes[position]) }
    return true
  }

  /// Sets every value below `least` to 0.
  mutating func forgetValues(below least: Int) {
    for index in entries.indices where entries[index].value < least { entries[index].value = 0 }
  }

  private func index(_ bytes: Span<UInt8>, _ range: Range<Int>, _ kind: UInt8, _ hash: UInt64) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      let entry = entries[index]
      if entry.hash == hash, entry.kind == kind, entry.length == range.count, isSame(entry, bytes, range.lowerBound) {
        return index
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private func isSame(_ entry: Entry, _ bytes: Span<UInt8>, _ start: Int) -> Bool {
    for offset in 0..<entry.length where names[entry.offset + offset] != bytes[start + offset] { return false }
    return true
  }

  private func hash(_ bytes: Span<UInt8>, _ range: Range<Int>, _ kind: UInt8) -> UInt64 {
    var hash = 0xCBF2_9CE4_8422_2325 ^ UInt64(kind)
    for position in range { hash = (hash ^ UInt64(bytes[position])) &* 0x100_0000_01B3 }
    return hash ^ (hash >> 29)
  }
}
