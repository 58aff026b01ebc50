import Model

/// The hot path of compose logs: where the bar stands, and which source each padded name is.
///
/// Names are compared as their first and last eight bytes including the padding; longer ones byte by byte in between.
struct ComposeColumn: Sendable {
  private struct Slot {
    var first: UInt64 = 0
    var last: UInt64 = 0
    var source: Int32 = -1
    var nameOffset: Int32 = 0
  }

  private static let slotBits: UInt64 = 6
  private static let probes = 4

  /// Bytes before the bar; 0 as long as none is known.
  private(set) var width = 0
  private var lowMask: UInt64 = 0
  private var slots = [Slot](repeating: Slot(), count: 1 << slotBits)
  /// The prefix of the last line, which the next one often has, too.
  private var latest = Slot()
  private var names: [UInt8] = []

  /// The index of the line's source, or -1 if the line has another shape or a new name.
  @inline(__always)
  mutating func source(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard width > 0, start + width < end, start + width + 8 <= bytes.count, bytes[start + width] == .bar else {
      return -1
    }
    let (first, last) = words(bytes, start)
    if first == latest.first, last == latest.last, latest.source >= 0, width <= 16 { return Int(latest.source) }
    return source(bytes, start, first, last)
  }

  @inline(never)
  private mutating func source(_ bytes: Span<UInt8>, _ start: Int, _ first: UInt64, _ last: UInt64) -> Int {
    let home = Self.home(first, last)
    for probe in 0..<Self.probes {
      let slot = slots[(home + probe) & (slots.count - 1)]
      guard slot.first == first, slot.last == last else { continue }
      guard slot.source >= 0, width <= 16 || isSameMiddle(slot, bytes, start) else { return -1 }
      latest = slot
      return Int(slot.source)
    }
    return -1
  }

  /// Remembers that the line's prefix, `width` bytes before the bar, means `source`.
  mutating func remember(_ source: SourceID, width: Int, _ bytes: Span<UInt8>, _ start: Int) {
    guard width > 0, width <= 256, start + width + 8 <= bytes.count, let index = Int32(exactly: source.index) else {
      return
    }
    if width != self.width || names.count > 1 << 16 { reset(width) }
    latest = Slot()
    let (first, last) = words(bytes, start)
    let home = Self.home(first, last)
    var target = home
    for probe in 0..<Self.probes where slots[(home + probe) & (slots.count - 1)].source < 0 {
      target = (home + probe) & (slots.count - 1)
      break
    }
    slots[target] = Slot(first: first, last: last, source: index, nameOffset: Int32(names.count))
    for position in start..<start + width { names.append(bytes[position]) }
  }

  private mutating func reset(_ width: Int) {
    self.width = width
    lowMask = width >= 8 ? .max : (1 << UInt64(8 * width)) - 1
    names.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index] = Slot() }
  }

  @inline(__always)
  private func words(_ bytes: Span<UInt8>, _ start: Int) -> (first: UInt64, last: UInt64) {
    let first = bytes.word(at: start) & lowMask
    return (first, width > 8 ? bytes.word(at: start + width - 8) : 0)
  }

  private static func home(_ first: UInt64, _ last: UInt64) -> Int {
    let mixed = (first ^ (last &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    return Int(mixed >> (64 - slotBits))
  }

  private func isSameMiddle(_ slot: Slot, _ bytes: Span<UInt8>, _ start: Int) -> Bool {
    for offset in 8..<width - 8 where names[Int(slot.nameOffset) + offset] != bytes[start + offset] { return false }
    return true
  }
}
