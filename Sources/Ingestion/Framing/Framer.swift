import Model

/// Finds what stands around each line of one input, by looking at the lines themselves.
///
/// The last framing is tried first; all are tried again as soon as it does not fit, so that one file may mix them.
struct Framer: Sendable {
  private(set) var current = Framing.plain
  private(set) var familiar = FamiliarNames()
  var stamps = StampReader()

  /// What stands around the line; nil if nothing does.
  mutating func recognise(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Recognition? {
    let line = LineCursor(at: range.lowerBound, end: range.upperBound)
    if let found = recogniseCurrent(bytes, line) { return found }
    guard let found = recogniseAny(bytes, line) else { return nil }
    current = found.framing
    return found
  }

  /// Takes over the names that a first look at the same lines has found.
  mutating func learn(from scout: Framer) {
    familiar = scout.familiar
    familiar.forgetDoubtful()
    current = scout.current
  }

  /// Notes a line in the compose form that was recognised without asking.
  mutating func resumeCompose() {
    switch current {
    case .compose, .composeTimestamps: break
    default: current = .compose
    }
  }

  private mutating func recogniseCurrent(_ bytes: Span<UInt8>, _ line: LineCursor) -> Recognition? {
    switch current {
    case .plain, .journaldExport: nil
    case .compose, .composeTimestamps:
      ComposeFraming.recognise(bytes, line, &stamps, &familiar, isCurrent: true)
    case .dockerTimestamps, .cri, .journaldISO:
      DatedFraming.recognise(bytes, line, &stamps, &familiar)
    case .svlogd:
      line.peek(bytes) == UInt8(ascii: "@")
        ? DatedFraming.tai64n(bytes, line, stamps, &familiar)
        : DatedFraming.recognise(bytes, line, &stamps, &familiar)
    case .dockerJSON, .journaldJSON: JSONEnvelope.recognise(bytes, line, &stamps)
    case .kubectl: KubernetesFraming.kubectl(bytes, line, &stamps)
    case .stern: KubernetesFraming.stern(bytes, line, &stamps, &familiar, isCurrent: true)
    case .journaldShort: JournalFraming.short(bytes, line, stamps)
    case .syslogRFC3164, .syslogRFC5424: SyslogFraming.recognise(bytes, line, &stamps)
    }
  }

  private mutating func recogniseAny(_ bytes: Span<UInt8>, _ line: LineCursor) -> Recognition? {
    switch line.peek(bytes) {
    case UInt8(ascii: "["):
      KubernetesFraming.kubectl(bytes, line, &stamps) ?? JournalFraming.monotonic(bytes, line)
        ?? ComposeFraming.recognise(bytes, line, &stamps, &familiar, isCurrent: false)
    case UInt8(ascii: "{"): JSONEnvelope.recognise(bytes, line, &stamps)
    case UInt8(ascii: "<"): SyslogFraming.recognise(bytes, line, &stamps)
    case UInt8(ascii: "@"): DatedFraming.tai64n(bytes, line, stamps, &familiar)
    case UInt8(ascii: "+"), UInt8(ascii: "-"): announcement(bytes, line)
    case UInt8(ascii: "="): PathHeading.tail(bytes, line)
    case .blank: recogniseIndented(bytes, line)
    case let byte where byte.isDigit: recogniseDigit(bytes, line)
    case let byte where byte.isLetter || byte >= 0x80 || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "."):
      recogniseWord(bytes, line)
    default: nil
    }
  }

  /// Somebody has pasted the lines into a text and indented them.
  private mutating func recogniseIndented(_ bytes: Span<UInt8>, _ line: LineCursor) -> Recognition? {
    if let found = ComposeFraming.recognise(bytes, line, &stamps, &familiar, isCurrent: false) { return found }
    var rest = line
    guard rest.skipBlanks(bytes) <= LineShape.deepestIndent, !rest.isAtEnd else { return nil }
    return recogniseAny(bytes, rest)
  }

  /// Whether nothing stands around the line, by its first bytes alone: components print `YYYY-MM-DD hh:mm:ss` with a fraction
  /// or a zone close behind, and nothing else begins so.
  static func isComponents(_ bytes: Span<UInt8>, _ line: LineCursor) -> Bool {
    line.peek(bytes).isDigit && line.peek(bytes, 4) == UInt8(ascii: "-") && line.peek(bytes, 7) == UInt8(ascii: "-")
      && line.peek(bytes, 10) == .blank && line.peek(bytes, 19) != .blank
  }

  private mutating func recogniseDigit(_ bytes: Span<UInt8>, _ line: LineCursor) -> Recognition? {
    if line.peek(bytes, 4) == UInt8(ascii: "-"), line.peek(bytes, 7) == UInt8(ascii: "-") {
      if Self.isComponents(bytes, line) { return nil }
      if let found = DatedFraming.recognise(bytes, line, &stamps, &familiar) { return found }
    }
    return JournalFraming.unix(bytes, line, stamps)
      ?? JournalFraming.short(bytes, line, stamps)
      ?? ComposeFraming.recognise(bytes, line, &stamps, &familiar, isCurrent: false)
      ?? KubernetesFraming.stern(bytes, line, &stamps, &familiar, isCurrent: false)
      ?? PathHeading.grep(bytes, line)
  }

  private mutating func recogniseWord(_ bytes: Span<UInt8>, _ line: LineCursor) -> Recognition? {
    JournalFraming.short(bytes, line, stamps)
      ?? JournalFraming.full(bytes, line, &stamps)
      ?? ComposeFraming.recognise(bytes, line, &stamps, &familiar, isCurrent: false)
      ?? KubernetesFraming.stern(bytes, line, &stamps, &familiar, isCurrent: false)
      ?? PathHeading.grep(bytes, line)
  }

  /// stern says which pods it follows before it prints their lines.
  private mutating func announcement(_ bytes: Span<UInt8>, _ line: LineCursor) -> Recognition? {
    guard let (pod, container) = KubernetesFraming.sternAnnouncement(bytes, line) else { return nil }
    var name: [UInt8] = []
    for position in pod { name.append(bytes[position]) }
    name.append(.blank)
    for position in container { name.append(bytes[position]) }
    _ = familiar.acceptsPod(name.span, 0..<name.count, isProven: true)
    return nil
  }
}
