import Model

/// Gives each line its source and takes its framing off: the loop that every line goes through.
struct LineRouter: Sendable {
  private let input: InputIdentity
  private var framer = Framer()
  private var column = ComposeColumn()
  private var partials = PartialLines()
  /// The source of the lines that no prefix names, once there is one.
  private var ownSource: SourceID?
  private var ownProgram: Int32 = -1
  /// The file that a heading of `tail` has named.
  private var section: (source: SourceID, program: Int32)?
  private var last: (source: SourceID, program: Int32)?
  /// Lines of the current file so far.
  private var number = 0

  /// The records of the lines routed since `reset`.
  private(set) var lines: [LineRecord] = []
  /// Payloads that had to be written anew. Their records start at `arenaStart` plus their offset here.
  private(set) var arena: [UInt8] = []
  private var arenaStart = 0
  private var scratch: [UInt8] = []

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

  /// Forgets the records routed so far; the new ones' arena begins at `arenaStart`.
  mutating func reset(arenaStart: Int, capacity: Int) {
    lines.removeAll(keepingCapacity: true)
    lines.reserveCapacity(capacity)
    arena.removeAll(keepingCapacity: true)
    self.arenaStart = arenaStart
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
    for part in partials.takeAll() { emit(part) }
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
    lines.append(
      LineRecord(start: payload.at, length: payload.end - payload.at, source: source, number: number, outer: outer)
    )
  }
}

// MARK: - Lines of any framing

extension LineRouter {
  private mutating func routeAny(_ bytes: Span<UInt8>, _ line: Range<Int>, _ table: inout SourceTable) {
    guard let found = framer.recognise(bytes, line) else {
      let place = unframedPlace(bytes, line, &table)
      append(LineShape.unindented(bytes, line), place, nil)
      return
    }
    let place = place(bytes, found, &table)
    if case .announcement = found.completeness {
      section = place
      append(line, ownPlace(.plain, &table), nil)
      return
    }
    last = place
    if found.nameKind == .container, found.framing == .compose || found.framing == .composeTimestamps {
      column.remember(place.source, width: framer.familiar.composeColumn, bytes, line.lowerBound)
    }
    deliver(bytes, found, place)
  }

  private mutating func place(
    _ bytes: Span<UInt8>,
    _ found: Recognition,
    _ table: inout SourceTable
  ) -> (source: SourceID, program: Int32) {
    let program = table.program(bytes, found.identifier)
    if found.nameKind == .none || isNoName(bytes, found), found.nameKind != .path {
      let own = ownPlace(found.framing, &table)
      return (own.source, program >= 0 ? program : own.program)
    }
    guard let source = table.source(bytes, found, input) else { return ownPlace(found.framing, &table) }
    guard found.nameKind == .path else { return (source, program) }
    let file = SourceName(file: LogFileName(path: bytes.text(found.name)), isFolderTelling: true)
    return (source, file.program.map { table.program($0) } ?? -1)
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
  ) -> (source: SourceID, program: Int32) {
    if let section { return section }
    if let last, framer.current == .journaldShort || framer.current == .journaldISO {
      // journalctl indents the further lines of a message to where it began.
      var cursor = LineCursor(at: line.lowerBound, end: line.upperBound)
      if cursor.skipBlanks(bytes) >= 12 { return last }
    }
    return ownPlace(.plain, &table)
  }

  private mutating func ownPlace(_ framing: Framing, _ table: inout SourceTable) -> (source: SourceID, program: Int32) {
    if let ownSource {
      if framing != .plain { table.setFraming(framing, of: ownSource) }
      return (ownSource, ownProgram)
    }
    let source = table.addSource(of: input, framing: framing)
    ownSource = source
    ownProgram = input.program.map { table.program($0) } ?? -1
    return (source, ownProgram)
  }
}

// MARK: - Records

extension LineRouter {
  private mutating func append(_ payload: Range<Int>, _ place: (source: SourceID, program: Int32), _ outer: Stamp?) {
    lines.append(
      LineRecord(
        start: payload.lowerBound,
        length: payload.count,
        source: place.source,
        number: number,
        outer: outer,
        program: place.program
      )
    )
  }

  private mutating func deliver(
    _ bytes: Span<UInt8>,
    _ found: Recognition,
    _ place: (source: SourceID, program: Int32)
  ) {
    var goesOn = false
    var stream: UInt8 = 0
    switch found.completeness {
    case .whole, .announcement: break
    case .begun(let number):
      goesOn = true
      stream = number
    case .ended(let number), .byLineFeed(let number): stream = number
    }
    let earlier = stream > 0 ? partials.take(place.source, stream) : nil
    if earlier == nil, !goesOn, found.encoding == .verbatim {
      append(found.payload, place, found.outer)
      return
    }
    var part =
      earlier
      ?? PartialLines.Part(
        source: place.source,
        program: place.program,
        stream: stream,
        bytes: [],
        number: number,
        outer: found.outer
      )
    decode(bytes, found, to: &part.bytes)
    if case .byLineFeed = found.completeness { goesOn = part.bytes.last != 0x0A }
    guard goesOn else {
      emit(part)
      return
    }
    if let given = partials.keep(part) { emit(given) }
  }

  /// Appends the payload's meaning, as far as the record is not too long already.
  private func decode(_ bytes: Span<UInt8>, _ found: Recognition, to target: inout [UInt8]) {
    guard target.count < LineBuffer.longestLine else { return }
    switch found.encoding {
    case .verbatim: bytes.append(found.payload, to: &target)
    case .jsonString: JSONText.appendString(bytes, found.payload, to: &target)
    case .jsonBytes: JSONText.appendByteList(bytes, found.payload, to: &target)
    case .octalEscapes: JSONText.appendOctalEscaped(bytes, found.payload, to: &target)
    }
  }

  /// Writes a record into the arena, one line of the batch for each line in it.
  private mutating func emit(_ part: PartialLines.Part) {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: part.bytes)
    var end = scratch.count
    if scratch.contains(where: { $0 == 0x1B || $0 == 0 }) { end = EscapeSequences.strip(&scratch, 0, end) }
    while end > 0, scratch[end - 1] == 0x0A || scratch[end - 1] == 0x0D { end -= 1 }
    var start = 0
    repeat {
      var stop = start
      while stop < end, scratch[stop] != 0x0A { stop += 1 }
      lines.append(
        LineRecord(
          start: arenaStart + arena.count,
          length: stop - start,
          source: part.source,
          number: part.number,
          outer: part.outer,
          program: part.program
        )
      )
      arena.append(contentsOf: scratch[start..<stop])
      start = stop + 1
    } while start < end
  }
}
