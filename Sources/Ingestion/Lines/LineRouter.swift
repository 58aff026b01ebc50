import CByteScan
import Model

/// Gives each line its source and takes its framing off: the loop that every line goes through.
struct LineRouter: Sendable {
  private let input: InputIdentity
  private var framer = Framer()
  private var column = ComposeColumn()
  /// The source of the lines that no prefix names, once there is one.
  private var ownSource: SourceID?
  private var ownProgram: Int32 = -1
  /// The file or node that a heading has named.
  private var section: LinePlace?
  /// What a heading would name, once a record follows it.
  private var heading: NodeHeading?
  private var marks = PasteMarks()
  private var wrapped = WrappedLines()
  private var assembler = RecordAssembler()
  private var last: LinePlace?
  /// Lines of the current file so far.
  private var number = 0

  /// The width at which a pager has cut the lines off, if it has.
  private(set) var cutWidth: Int?
  /// The records of the lines routed since it was reset.
  private(set) var writer = RecordWriter()
  /// The lines that need no record.
  private(set) var screen = NoiseScreen()

  init(input: InputIdentity) {
    self.input = input
  }

  /// Looks at the first lines of the input for what only several of them prove, without routing them: names in
  /// prefixes, and what became of the lines on their way.
  mutating func scout(_ bytes: [UInt8], _ cuts: some Sequence<LineCut>) {
    let span = bytes.span
    marks.look(span, at: cuts.map(\.range))
    let lines = cuts.map { marks.content(span, $0.range) }
    var scout = framer
    let isFramed = lines.map { scout.recognise(span, $0) != nil }
    framer.learn(from: scout)
    wrapped.look(span, at: lines, isFramed: isFramed)
    cutWidth = wrapped.width == 0 ? WrappedLines.cutWidth(span, lines) : nil
  }

  /// Begins a new file of the same input, whose line numbers begin at 1 again.
  mutating func beginFile() {
    number = 0
  }

  /// Forgets the records routed so far; see `RecordWriter`.
  mutating func reset(arenaStart: Int, capacity: Int) {
    writer.reset(arenaStart: arenaStart, capacity: capacity)
    screen.reset(capacity: capacity)
  }

  /// Remembers how lines begin that need no record.
  mutating func learn(_ lesson: NoiseLesson) {
    screen.learn(lesson)
  }

  /// Routes the lines in order.
  mutating func route(_ bytes: [UInt8], _ cuts: [LineCut], _ table: inout SourceTable) {
    let span = bytes.span
    var next = 0
    while next < cuts.count {
      let cut = cuts[next]
      let index = column.source(span, Int(cut.start), Int(cut.end))
      let count =
        index >= 0
        ? routeNoise(bytes, cuts, from: next, of: SourceID(index)) : routeNoise(bytes, cuts, from: next)
      if count > 0 {
        next += count
        continue
      }
      next += 1
      number += 1
      if index >= 0 { routeCompose(span, cut, SourceID(index)) } else { routeLine(span, cut.range, &table) }
    }
  }

  private mutating func routeLine(_ bytes: Span<UInt8>, _ line: Range<Int>, _ table: inout SourceTable) {
    var start = line.lowerBound
    // A byte order mark at the beginning of a file says only that it is UTF-8.
    if number == 1, bytes.has("\u{FEFF}", at: start, end: line.upperBound) { start += 3 }
    routeRaw(bytes, marks.content(bytes, start..<line.upperBound), &table)
  }

  /// Delivers the records whose last part never came.
  mutating func finish(_ table: inout SourceTable) {
    if let (rest, number) = wrapped.finish() { routeAny(rest.span, 0..<rest.count, &table, number, isCopy: true) }
    deliver(assembler.finish(), &table)
    writer.finish()
  }

  @inline(__always)
  private mutating func routeCompose(_ bytes: Span<UInt8>, _ cut: LineCut, _ source: SourceID) {
    framer.resumeCompose()
    var payload = LineCursor(at: Int(cut.start) + column.width + 1, end: Int(cut.end))
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

// MARK: - Lines that need no record

extension LineRouter {
  /// Counts the lines of a source from `cuts[first]` on that are noise behind a name and a bar; returns how many there are.
  @inline(__always)
  private mutating func routeNoise(_ bytes: [UInt8], _ cuts: [LineCut], from first: Int, of source: SourceID) -> Int {
    guard screen.expects(source.index) else { return 0 }
    let prefix = column.width + 2
    let payload = LineCursor(at: Int(cuts[first].start) + prefix, end: Int(cuts[first].end))
    guard payload.at < payload.end, bytes[payload.at - 1] == .blank,
      payload.peek(bytes.span, 10) != UInt8(ascii: "T")
    else { return 0 }
    let count = countNoise(bytes, cuts, from: first, LinePlace(source: source, program: -1), prefix: prefix)
    if count > 0 { framer.resumeCompose() }
    return count
  }

  /// Counts the lines from `cuts[first]` on that are noise and have nothing around them; returns how many there are.
  private mutating func routeNoise(_ bytes: [UInt8], _ cuts: [LineCut], from first: Int) -> Int {
    guard isPlain, let place = section ?? ownSource.map({ LinePlace(source: $0, program: ownProgram) }),
      Framer.isComponents(bytes.span, LineCursor(at: Int(cuts[first].start), end: Int(cuts[first].end))),
      screen.expects(place.source.index)
    else { return 0 }
    return countNoise(bytes, cuts, from: first, place, prefix: 0)
  }

  /// Whether a component's line is what it is wherever it stands: nothing is open that it might be part of or end.
  private var isPlain: Bool {
    framer.current == .plain && heading == nil && marks.margin == 0 && wrapped.width == 0 && assembler.isIdle
  }

  private mutating func countNoise(
    _ bytes: [UInt8],
    _ cuts: [LineCut],
    from first: Int,
    _ place: LinePlace,
    prefix: Int
  ) -> Int {
    let count = screen.addRun(
      place,
      bytes,
      cuts,
      from: first,
      prefix: prefix,
      position: writer.lines.count,
      number: number + 1
    )
    number += count
    return count
  }
}

// MARK: - Lines that are parts of something

extension LineRouter {
  /// Puts together what has been spread over several lines, and routes what is whole.
  private mutating func routeRaw(_ bytes: Span<UInt8>, _ line: Range<Int>, _ table: inout SourceTable) {
    deliver(assembler.released(by: line, bytes), &table)
    switch assembler.take(bytes, line, number: number) {
    case .passed: routeWrapped(bytes, line, &table)
    case .held: break
    case let outcome: deliver(outcome, &table)
    }
  }

  private mutating func routeWrapped(_ bytes: Span<UInt8>, _ line: Range<Int>, _ table: inout SourceTable) {
    if wrapped.isOpen {
      var probe = framer
      let isFramed = probe.recognise(bytes, line) != nil
      if let (rest, first) = wrapped.released(by: line, bytes, isFramed: isFramed) {
        routeAny(rest.span, 0..<rest.count, &table, first, isCopy: true)
      }
    }
    switch wrapped.take(bytes, line, number: number) {
    case .whole: routeAny(bytes, line, &table, number)
    case .held: break
    case .completed(let joined, let first): routeAny(joined.span, 0..<joined.count, &table, first, isCopy: true)
    }
  }

  private mutating func deliver(_ outcome: RecordAssembler.Outcome, _ table: inout SourceTable) {
    switch outcome {
    case .passed, .held: break
    case .object(let text, let first): routeAny(text.span, 0..<text.count, &table, first, isCopy: true)
    case .entry(let entry):
      guard let (bytes, found) = entry.recognition else { return }
      let place = place(bytes.span, found, &table)
      last = place
      writer.deliver(bytes.span, found, place, entry.number, isCopy: true)
    }
  }
}

// MARK: - Lines of any framing

extension LineRouter {
  private mutating func routeAny(
    _ bytes: Span<UInt8>,
    _ line: Range<Int>,
    _ table: inout SourceTable,
    _ number: Int,
    isCopy: Bool = false
  ) {
    guard let found = framer.recognise(bytes, line) else {
      routeUnframed(bytes, line, &table, number, isCopy: isCopy)
      return
    }
    let place = place(bytes, found, &table)
    if case .announcement = found.completeness {
      section = place
      append(bytes, line, ownPlace(.plain, &table), number, isCopy: isCopy)
      return
    }
    if heading != nil { enterSection(&table) }
    last = place
    if found.nameKind == .container, found.framing == .compose || found.framing == .composeTimestamps, !isCopy {
      column.remember(place.source, width: framer.familiar.composeColumn, bytes, line.lowerBound)
    }
    writer.deliver(bytes, found, place, number, isCopy: isCopy)
  }

  private mutating func routeUnframed(
    _ bytes: Span<UInt8>,
    _ line: Range<Int>,
    _ table: inout SourceTable,
    _ number: Int,
    isCopy: Bool
  ) {
    let payload = LineShape.unindented(bytes, line)
    if LineShape.beginsWithDate(bytes, payload.lowerBound, payload.upperBound) {
      if heading != nil { enterSection(&table) }
    } else if let next = NodeHeading(bytes, line) {
      heading = next
      append(bytes, line, ownPlace(.plain, &table), number, isCopy: isCopy)
      return
    } else if heading != nil {
      considerHeading(bytes, payload, &table)
    }
    append(bytes, payload, unframedPlace(bytes, line, &table), number, isCopy: isCopy)
  }

  /// A heading counts if a record follows it; only blank lines and a fence may stand between.
  private mutating func considerHeading(_ bytes: Span<UInt8>, _ line: Range<Int>, _ table: inout SourceTable) {
    guard !line.isEmpty, !bytes.has("```", at: line.lowerBound, end: line.upperBound) else { return }
    if LineShape.looksLikeRecord(bytes, line.lowerBound, line.upperBound) {
      enterSection(&table)
    } else {
      heading = nil
    }
  }

  /// What follows is the log of the node that the heading names; nameless headings end the section before.
  private mutating func enterSection(_ table: inout SourceTable) {
    guard let entered = heading else { return }
    heading = nil
    let program = entered.program.map { table.program($0) } ?? -1
    guard !entered.node.isEmpty, let source = table.section(entered.node, of: input) else {
      section = nil
      return
    }
    section = LinePlace(source: source, program: program)
  }

  private mutating func append(
    _ bytes: Span<UInt8>,
    _ payload: Range<Int>,
    _ place: LinePlace,
    _ number: Int,
    isCopy: Bool
  ) {
    guard isCopy else {
      writer.append(payload, place, number, nil)
      return
    }
    writer.deliver(bytes, Recognition(framing: .plain, payload: payload), place, number, isCopy: true)
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
