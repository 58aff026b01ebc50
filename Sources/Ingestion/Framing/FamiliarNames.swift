/// Names that an input has used as prefixes, so that a weak likeness counts once it repeats.
struct FamiliarNames: Sendable {
  private enum Kind: UInt8 {
    case container
    case host
    case pod
  }

  /// How many times an unproven name must come before it is believed.
  private static let believed = 2

  private var table = ByteTable(limit: 1024)
  /// Whether a line began with two dates, as Docker Desktop shows them.
  var hasDesktopTimes = false
  /// Where the bar of compose prefixes stood last, counted from the beginning of the line.
  var composeColumn = 0

  /// Whether the prefix names a host: proven by a process id or a record behind it, here or in an earlier line.
  ///
  /// Repetition alone is no proof: `Lock owner: pg2` comes often and has the shape of a host and a program.
  mutating func accepts(_ prefix: HostPrefix, _ bytes: Span<UInt8>) -> Bool {
    if isKnown(bytes, prefix.host, .host) { return true }
    let payload = prefix.payload
    guard prefix.hasProcessID || LineShape.looksLikeRecord(bytes, payload.lowerBound, payload.upperBound) else {
      return false
    }
    table.set(Self.believed, bytes, prefix.host, kind: Kind.host.rawValue)
    return true
  }

  /// Forgets what has come once, before the same lines are looked at again.
  mutating func forgetDoubtful() {
    table.forgetValues(below: Self.believed)
  }

  func knowsContainer(_ bytes: Span<UInt8>, _ name: Range<Int>) -> Bool {
    isKnown(bytes, name, .container)
  }

  mutating func learnContainer(_ bytes: Span<UInt8>, _ name: Range<Int>) {
    table.set(Self.believed, bytes, name, kind: Kind.container.rawValue)
  }

  func knowsPod(_ bytes: Span<UInt8>, _ name: Range<Int>) -> Bool {
    isKnown(bytes, name, .pod)
  }

  /// Whether `pod container` is a prefix: proven, or by coming again.
  mutating func acceptsPod(_ bytes: Span<UInt8>, _ name: Range<Int>, isProven: Bool) -> Bool {
    let seen = table.value(bytes, name, kind: Kind.pod.rawValue) ?? 0
    if seen >= Self.believed { return true }
    let count = isProven ? Self.believed : seen + 1
    table.set(count, bytes, name, kind: Kind.pod.rawValue)
    return count >= Self.believed
  }

  private func isKnown(_ bytes: Span<UInt8>, _ name: Range<Int>, _ kind: Kind) -> Bool {
    (table.value(bytes, name, kind: kind.rawValue) ?? 0) >= Self.believed
  }
}
