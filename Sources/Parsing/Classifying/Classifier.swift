package import Ingestion
import Model

/// Turns batches of lines into events.
///
/// The state of each source is kept here, so that the cutting into batches makes no difference.
package struct Classifier: ~Copyable {
  var recognizer: Recognizer
  let builder: EventBuilder
  private let programs: ProgramNames
  var states: SourceStates
  var keeper: EventKeeper
  /// Per program of the batches, the component that it means, or -1.
  private var namedComponents: [Int] = []
  /// What the reader has not been told yet.
  private var lessons: [NoiseLesson] = []

  /// Prepares for a catalogue; `folding` says what becomes of routine events.
  package init(catalogue: ParserCatalogue, folding: RoutineFolding = .none) {
    recognizer = Recognizer(catalogue)
    builder = EventBuilder(recognizer)
    programs = ProgramNames(catalogue)
    keeper = EventKeeper(builder, &recognizer.rules, folding)
    states = SourceStates(folding)
  }

  /// Classifies the lines of a batch, in order.
  package mutating func consume(_ batch: borrowing LineBatch, into output: inout Classified) {
    while namedComponents.count < batch.programs.count {
      namedComponents.append(programs.component(of: batch.programs[namedComponents.count]))
    }
    var arrival = batch.firstArrival
    var next = 0
    for index in batch.runs.indices {
      let position = min(max(next, batch.runs[index].position), batch.lines.count)
      consume(next..<position, of: batch, arrival: arrival, into: &output)
      arrival += position - next
      next = position
      consume(batch.runs[index], of: batch, arrival: arrival, into: &output)
      arrival += batch.runs[index].lines.count
    }
    consume(next..<batch.lines.count, of: batch, arrival: arrival, into: &output)
    updateTallies(&output)
  }

  /// What the reader may be told since this was last asked, so that it counts noise instead of handing it on.
  package mutating func takeLessons() -> [NoiseLesson] {
    defer { lessons.removeAll(keepingCapacity: true) }
    return lessons
  }

  /// Classifies what was waiting for further lines.
  ///
  /// To be called once, after the last batch.
  package mutating func finish(into output: inout Classified) {
    for source in states.indices {
      flush(source, &output)
      states[source].clock.finish(epoch: keeper.disturbances) { output.readings.append($0) }
    }
    keeper.release(builder, &recognizer, into: &output)
    updateTallies(&output)
  }

  /// Goes on as at the beginning of a log: the caller has let go of what came before, but for so many events.
  ///
  /// Clocks are read as often as there, and lines count anew before they count as too many.
  package mutating func beginAnew(withEvents count: Int) {
    for source in states.indices { states[source].clock.restart() }
    keeper.restart(withEvents: count)
  }

  // MARK: Parts of a batch

  /// Classifies lines that have records, the first of which is the `arrival`th of all.
  private mutating func consume(
    _ range: Range<Int>,
    of batch: borrowing LineBatch,
    arrival: Int,
    into output: inout Classified
  ) {
    let bytes = batch.bytes.span
    let lines = batch.lines.span
    for index in range {
      let record = lines[index]
      let source = record.source.index
      guard source >= 0, record.start >= 0, record.length >= 0, record.start <= bytes.count,
        record.length <= bytes.count &- record.start
      else { continue }
      states.require(source)
      let line = LineContext(
        start: record.start,
        end: record.start &+ record.length,
        source: record.source,
        number: record.number,
        arrival: arrival &+ (index &- range.lowerBound),
        outer: record.outer
      )
      consume(bytes, line, named(by: record.program), &output)
    }
  }

  /// The component that a program is, or -1.
  @inline(__always)
  func named(by program: Int32) -> Int {
    let program = Int(program)
    return program >= 0 && program < namedComponents.count ? namedComponents[program] : -1
  }

  // MARK: One line

  @inline(__always)
  mutating func consume(
    _ bytes: Span<UInt8>,
    _ whole: LineContext,
    _ named: Int,
    _ output: inout Classified
  ) {
    var line = whole
    line.end = min(line.end, line.start &+ Recognizer.maximumLength)
    while line.end > line.start, bytes[line.end &- 1].isBlank { line.end &-= 1 }
    let source = line.source.index
    if states[source].begin(isBlank: line.length == 0) {
      if states[source].pending == nil || extend(source, bytes, line, &output) { return }
      if line.length == 0 { return states[source].countBlank() }
    }
    guard let familiar = recognizer.familiar(bytes, line.start, line.end, &states[source].memory, named) else {
      return consumeUnfamiliar(bytes, line, named, &output)
    }
    if recognizer.isSettled(familiar) {
      if !builder.hasEvent(familiar.slot) {
        if states[source].memory.hasNews { tell(of: line.source) }
        return settleFamiliar(familiar, line, &output)
      }
      if keeper.isRoutine(familiar.slot, length: line.length) {
        return consumeRoutine(familiar, bytes, line, &output)
      }
    }
    let found = recognizer.recognition(familiar, bytes, line.end, &states[source].memory)
    settle(found, bytes, line, lines: 1, &output)
  }

  @inline(__always)
  private mutating func settleFamiliar(
    _ familiar: LineOpening.Familiar,
    _ line: LineContext,
    _ output: inout Classified
  ) {
    states[line.source.index].settleFamiliar(familiar.stamp, line, epoch: keeper.disturbances) {
      output.readings.append($0)
    }
  }

  /// Takes in a familiar line whose message is routine.
  @inline(__always)
  private mutating func consumeRoutine(
    _ familiar: LineOpening.Familiar,
    _ bytes: Span<UInt8>,
    _ line: LineContext,
    _ output: inout Classified
  ) {
    let source = line.source.index
    settleFamiliar(familiar, line, &output)
    states[source].events &+= 1
    let head = Int(states[source].memory.opening.head)
    let kept = keeper.hold(familiar.slot, bytes, line, head: head, familiar.stamp, &states[source].lanes)
    guard let kept else { return }
    let found = recognizer.recognition(familiar, bytes, line.end, &states[source].memory)
    keeper.take(found, kept, bytes, line, builder, &recognizer, &output)
  }

  /// Notes down what noise of a source begins with, for the reader.
  @inline(never)
  private mutating func tell(of source: SourceID) {
    let lesson = states[source.index].memory.lesson(on: source) { slot in
      !builder.hasEvent(slot) && recognizer.dispatcher.suffices(slot)
    }
    if let lesson { lessons.append(lesson) }
  }

  @inline(never)
  private mutating func consumeUnfamiliar(
    _ bytes: Span<UInt8>,
    _ line: LineContext,
    _ named: Int,
    _ output: inout Classified
  ) {
    let source = line.source.index
    let found = recognizer.recognizeUnfamiliar(bytes, line.start, line.end, &states[source].memory, named: named)
    if found.kind == .open {
      open(found, bytes, line)
      return
    }
    settle(found, bytes, line, lines: 1, &output)
  }

  /// Counts a recognised line or record, notes its time and emits its events.
  mutating func settle(
    _ found: Recognition,
    _ bytes: Span<UInt8>,
    _ line: LineContext,
    lines: Int,
    _ output: inout Classified
  ) {
    // A record without words of its own (Patroni's `ERROR: ` before a traceback) has nothing that could be unknown.
    let isEmpty = found.kind == .record && found.textStart >= found.textEnd
    let isClaimed = isEmpty || found.isClaimed || recognizer.hasClaimedExtras
    let opensBlock = found.kind == .headless && builder.isBlock(found.slot)
    states[line.source.index].settle(found, line, lines, isClaimed, opensBlock, epoch: keeper.disturbances) {
      output.readings.append($0)
    }
    if isClaimed {
      if builder.hasEvent(found.slot) || !recognizer.extras.isEmpty {
        emit(found, bytes, line, &output)
      }
    } else if found.kind == .record, found.level >= 0 {
      sample(found, bytes, line)
    } else if found.kind == .unframed, !states[line.source.index].isRecordRecognized,
      AlarmingWords.stand(in: bytes, line.start, line.end)
    {
      keep(.error, nil, bytes, line)
    }
  }

  @inline(never)
  private mutating func emit(
    _ found: Recognition,
    _ bytes: Span<UInt8>,
    _ line: LineContext,
    _ output: inout Classified
  ) {
    let source = line.source.index
    guard recognizer.extras.isEmpty else { return emitAll(found, bytes, line, &output) }
    states[source].events &+= 1
    keeper.take(found, bytes, line, builder, &recognizer, &states[source].lanes, &output)
  }

  /// Emits the events of a record with several messages.
  private mutating func emitAll(
    _ found: Recognition,
    _ bytes: Span<UInt8>,
    _ line: LineContext,
    _ output: inout Classified
  ) {
    var events: [Event] = []
    for part in [found] + recognizer.extras where builder.hasEvent(part.slot) {
      guard let kind = builder.kind(of: part.slot) else { continue }
      events.append(builder.event(part, kind, &recognizer, bytes, line))
    }
    guard !events.isEmpty else { return }
    states[line.source.index].events &+= events.count
    keeper.take(events, builder, &recognizer, &output)
  }

  /// Keeps an unrecognised line that reports an error.
  @inline(never)
  private mutating func sample(
    _ found: Recognition,
    _ bytes: Span<UInt8>,
    _ line: LineContext
  ) {
    guard let level = builder.level(of: found), level >= .error else { return }
    keep(level, found.stamp, bytes, line)
  }

  /// Counts an unrecognised line that reports an error, and keeps the first ones.
  private mutating func keep(
    _ level: Level,
    _ stamp: Stamp?,
    _ bytes: Span<UInt8>,
    _ line: LineContext
  ) {
    let source = line.source.index
    states[source].unrecognizedErrors += 1
    guard states[source].samples.count < SourceTally.maximumSamples else { return }
    let text = EventBuilder.text(bytes, line.start, line.end, limit: 1024)
    states[source].samples.append(
      UnrecognizedLine(line: line.number, stamp: stamp, level: level, text: text)
    )
  }

  private func updateTallies(_ output: inout Classified) {
    while output.tallies.count < states.count { output.tallies.append(SourceTally()) }
    for source in states.indices { states[source].update(&output.tallies[source]) }
  }
}
