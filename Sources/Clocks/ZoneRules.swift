#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// When a named zone changed its offset, as the machine's zone database says (TZif, RFC 8536).
struct ZoneRules {
  /// Seconds since the epoch at which `offsets[i]` begins to hold.
  private(set) var transitions: [Int64] = []
  /// Seconds east of Greenwich.
  private(set) var offsets: [Int64] = []
  /// What holds before the first transition.
  private(set) var firstOffset: Int64 = 0
  /// The rule for all years after the last transition.
  private(set) var yearly: YearlyZoneRule?

  /// Reads the zone from the database of the machine.
  ///
  /// Returns nil if it has none of that name.
  init?(named name: String) {
    guard Self.isPlain(name), let bytes = Self.contents(ofZone: name) else { return nil }
    self.init(bytes: bytes)
  }

  /// Reads a TZif file.
  ///
  /// Returns nil for other bytes.
  init?(bytes: [UInt8]) {
    var reader = ZoneFileReader(bytes: bytes)
    guard var block = reader.block(wide: false) else { return nil }
    if block.version >= 2 {
      guard let wide = reader.block(wide: true) else { return nil }
      block = wide
      yearly = YearlyZoneRule(reader.footer())
    }
    transitions = block.transitions
    offsets = block.offsets
    firstOffset = block.firstOffset
  }

  /// Milliseconds east of Greenwich at an instant in milliseconds.
  func offset(at instant: Int64) -> Int64 {
    let second = floorDivide(instant, 1000)
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= second { low = middle + 1 } else { high = middle }
    }
    if low == transitions.count, let yearly { return yearly.offset(atSecond: second) * 1000 }
    return (low == 0 ? firstOffset : offsets[low - 1]) * 1000
  }

  /// Milliseconds east of Greenwich for a wall-clock time.
  ///
  /// The hour that an autumn night repeats is settled by `previous`, the instant of the line before.
  func offset(atWall wall: Int64, previous: Int64?) -> Int64 {
    let day: Int64 = 86_400_000
    let candidates = [offset(at: wall - day), offset(at: wall), offset(at: wall + day)]
    let fitting = candidates.filter { offset(at: wall - $0) == $0 }.sorted(by: >)
    guard let first = fitting.first else { return candidates[0] }
    guard let previous else { return first }
    return fitting.first { wall - $0 >= previous - 300_000 } ?? fitting.last ?? first
  }

  private static func isPlain(_ name: String) -> Bool {
    let letters = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x2B, 0x2D, 0x2F, 0x5F].contains(byte)
    }
    return letters && !name.isEmpty && name.utf8.count < 64 && name.utf8.first != 0x2F
  }

  private static func contents(ofZone name: String) -> [UInt8]? {
    guard let file = fopen("/usr/share/zoneinfo/" + name, "rb") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = bytes.withUnsafeMutableBytes { fread($0.baseAddress, 1, $0.count, file) }
    return count > 0 ? Array(bytes.prefix(count)) : nil
  }
}

/// Takes a TZif file apart.
private struct ZoneFileReader {
  struct Block {
    var version: UInt8
    var transitions: [Int64]
    var offsets: [Int64]
    var firstOffset: Int64
  }

  var bytes: [UInt8]
  var position = 0

  /// One header with its data; numbers are eight bytes wide in the second block of newer files.
  mutating func block(wide: Bool) -> Block? {
    guard bytes.count >= position + 44, bytes[position...].starts(with: Array("TZif".utf8)) else { return nil }
    let version = bytes[position + 4] == 0 ? 1 : bytes[position + 4] - 48
    position += 20
    let counts = (0..<6).map { _ in Int(number(bytes: 4)) }
    let width = wide ? 8 : 4
    let (isUT, isStandard, leaps, times, types, characters) =
      (counts[0], counts[1], counts[2], counts[3], counts[4], counts[5])
    guard counts.allSatisfy({ (0...10_000).contains($0) }), types > 0,
      bytes.count >= position + times * (width + 1) + types * 6 + characters + leaps * (width + 4) + isUT + isStandard
    else { return nil }
    let transitions = (0..<times).map { _ in number(bytes: width) }
    let indices = (0..<times).map { _ in Int(number(bytes: 1) & 0xFF) }
    let typeOffsets = (0..<types).map { _ in
      let offset = number(bytes: 4)
      position += 2
      return offset
    }
    position += characters + leaps * (width + 4) + isUT + isStandard
    guard indices.allSatisfy({ $0 < types }) else { return nil }
    return Block(
      version: version,
      transitions: transitions,
      offsets: indices.map { typeOffsets[$0] },
      firstOffset: typeOffsets[0]
    )
  }

  /// The POSIX rule between the last two line ends.
  func footer() -> String {
    String(decoding: bytes[min(position, bytes.count)...].filter { $0 != 0x0A }, as: UTF8.self)
  }

  private mutating func number(bytes count: Int) -> Int64 {
    var value: Int64 = count < 8 && bytes[position] & 0x80 != 0 && count > 1 ? -1 : 0
    for _ in 0..<count {
      value = value << 8 | Int64(bytes[position])
      position += 1
    }
    return value
  }
}
