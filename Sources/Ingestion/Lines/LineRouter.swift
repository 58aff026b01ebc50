import Model

/// Gives each line its source and takes its framing off: the loop that every line goes through.
struct LineRouter: Sendable {
  private let input: InputIdentity
  private var framer = Framer()
  private var column = ComposeColumn()
  /// The source of the lines that no prefix names, once there is one.
  private var ownSource: SourceID?
  private var ownProgram: Int32 = -1
  /// The file that a heading of `tail` has named.
  private var section: LinePlace?
  private var last: LinePlace?
  /// Lines of the current file so far.
  private var number = 0

  /// The records of the lines routed since it was reset.
  private(set) var writer = RecordWriter()

  init(input: InputIdentity) {
    self.input = input
  }

  /// Looks at the first lines of the input for names that only repetition proves, without routing them.
  mutating func scout(_ bytes: [UInt8], _ cuts: some Sequence<LineCut>) {
    let span = bytes.span
    var scout = framer
    for cut in cuts { _ = scout.recognise(span, cut.start..<cut.end) }
    framer.learn(from: scout)
  }

  /// Begins a new file of the same input, whose line numbers begin at 1 again.
  mutating func beginFile() {
    number = 0
  }

  /// Forgets the records routed so far; see `RecordWriter`.
  mutating func reset(arenaStart: Int, capacity: Int) {
    writer.reset(arenaStart: arenaStart, capacity: capacity)
  }

  /// Routes the lines in order.
  mutating func route(_ bytes: [UInt8], _ cuts: [LineCut], _ table: inout SourceTable) {
    let span = bytes.span
    for cut in cuts {
      number += 1
      let index = column.source(span, cut.start, cut.end)
      if index >= 0 {
        routeCompose(span, cut, SourceID(index))
        continue
      }
      var start = cut.start
      // A byte order mark at the beginning of a file says only that it is UTF-8.
      if number == 1, span.has("\u{FEFF}", at: start, end: cut.end) { start += 3 }
      routeAny(span, start..<cut.end, &table)
    }
  }

  /// Delivers the records whose last part never came.
  mutating func finish() {
    writer.finish()
  }

  @inline(__always)
  private mutating func routeCompose(_ bytes: Span<UInt8>, _ cut: LineCut, _ source: SourceID) {
    framer.resumeCompose()
    var payload = LineCursor(at: cut.start + column.width + 1, end: cut.end)
    _ = payload.skip(.blank, bytes)
    var outer: Stamp?
    if payload.peek(bytes, 10) == UInt8(ascii: "T") {
      outer = ComposeFraming.collectorTime(bytes, &payload, &framer.stamps)
    }
    writer.append(
      LineRecord(start: payload.at, length: payload.end - payload.at, source: source, number: number, outer: outer)
    )
  }
}

// MARK: - Lines of any framing

extension LineRouter {
  private mutating func routeAny(_ bytes: Span<UInt8>, _ line: Range<Int>, _ table: inout SourceTable) {
    guard let found = framer.recognise(bytes, line) else {
      let place = unframedPlace(bytes, line, &table)
      writer.append(LineShape.unindented(bytes, line), place, number, nil)
      return
    }
    let place = place(bytes, found, &table)
    if case .announcement = found.completeness {
      section = place
      writer.append(line, ownPlace(.plain, &table), number, nil)
      return
    }
    last = place
    if found.nameKind == .container, found.framing == .compose || found.framing == .composeTimestamps {
      column.remember(place.source, width: framer.familiar.composeColumn, bytes, line.lowerBound)
    }
    writer.deliver(bytes, found, place, number)
  }

  private mutating func place(
    _ bytes: Span<UInt8>,
    _ found: Recognition,
    _ table: inout SourceTable
  ) -> LinePlace {
    let program = table.program(bytes, found.identifier)
    if found.nameKind == .none || isNoName(bytes, found), found.nameKind != .path {
      let own = ownPlace(found.framing, &table)
      return LinePlace(source: own.source, program: program >= 0 ? program : own.program)
    }
    guard let source = table.source(bytes, found, input) else { return ownPlace(found.framing, &table) }
    guard found.nameKind == .path else { return LinePlace(source: source, program: program) }
    let file = SourceName(file: LogFileName(path: bytes.text(found.name)), isFolderTelling: true)
    return LinePlace(source: source, program: file.program.map { table.program($0) } ?? -1)
  }

  /// Every host calls itself `localhost`, so that the file's name says more.
  private func isNoName(_ bytes: Span<UInt8>, _ found: Recognition) -> Bool {
    found.nameKind == .host && (bytes.equal(found.name, "localhost") || bytes.equal(found.name, "-"))
  }

  /// Where a line without any framing belongs.
  private mutating func unframedPlace(
    _ bytes: Span<UInt8>,
    _ line: Range<Int>,
    _ table: inout SourceTable
  ) -> LinePlace {
    if let section { return section }
    if let last, framer.current == .journaldShort || framer.current == .journaldISO {
      // journalctl indents the further lines of a message to where it began.
      var cursor = LineCursor(at: line.lowerBound, end: line.upperBound)
      if cursor.skipBlanks(bytes) >= 12 { return last }
    }
    return ownPlace(.plain, &table)
  }

  private mutating func ownPlace(_ framing: Framing, _ table: inout SourceTable) -> LinePlace {
    if let ownSource {
      if framing != .plain { table.setFraming(framing, of: ownSource) }
      return LinePlace(source: ownSource, program: ownProgram)
    }
    let source = table.addSource(of: input, framing: framing)
    ownSource = source
    ownProgram = input.program.map { table.program($0) } ?? -1
    return LinePlace(source: source, program: ownProgram)
  }
}
