package import Ingestion
import Model

/// Turns batches of lines into events.
///
/// The state of each source is kept here, so that the cutting into batches makes no difference.
package struct Classifier: ~Copyable {
  private var recognizer: Recognizer
  private let builder: EventBuilder
  private let programs: ProgramNames
  private var states: [SourceState] = []
  private var keeper: EventKeeper
  /// Per program of the batches, the component that it means, or -1.
  private var namedComponents: [Int] = []

  /// Prepares for a catalogue; `folding` says what becomes of routine events.
  package init(catalogue: ParserCatalogue, folding: RoutineFolding = .none) {
    recognizer = Recognizer(catalogue)
    builder = EventBuilder(recognizer)
    programs = ProgramNames(catalogue)
    keeper = EventKeeper(builder, folding)
  }

  /// Classifies the lines of a batch, in order.
  package mutating func consume(_ batch: borrowing LineBatch, into output: inout Classified) {
    while namedComponents.count < batch.programs.count {
      namedComponents.append(programs.component(of: batch.programs[namedComponents.count]))
    }
    let bytes = batch.bytes.span
    let lines = batch.lines.span
    for index in lines.indices {
      let record = lines[index]
      let source = record.source.index
      guard source >= 0, record.start >= 0, record.length >= 0, record.start <= bytes.count,
        record.length <= bytes.count &- record.start
      else { continue }
      while source >= states.count { states.append(SourceState()) }
      let program = Int(record.program)
      let named = program >= 0 && program < namedComponents.count ? namedComponents[program] : -1
      let context = LineContext(
        source: record.source,
        number: record.number,
        arrival: batch.firstArrival &+ index,
        outer: record.outer
      )
      consume(bytes, record.start, record.start &+ record.length, context, named, &output)
    }
    updateTallies(&output)
  }

  /// Classifies what was waiting for further lines.
  ///
  /// To be called once, after the last batch.
  package mutating func finish(into output: inout Classified) {
    for source in states.indices {
      flush(source, &output)
      states[source].clock.finish { output.readings.append($0) }
    }
    keeper.release(builder, &recognizer, into: &output)
    updateTallies(&output)
  }

  // MARK: One line

  @inline(__always)
  private mutating func consume(
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ fullEnd: Int,
    _ context: LineContext,
    _ named: Int,
    _ output: inout Classified
  ) {
    let source = context.source.index
    var end = min(fullEnd, start &+ Recognizer.maximumLength)
    while end > start, bytes[end &- 1].isBlank { end &-= 1 }
    if states[source].begin(isBlank: end == start) {
      if states[source].pending == nil || extend(source, bytes, start, end, &output) { return }
      if end == start { return states[source].countBlank() }
    }
    let found = recognizer.recognize(bytes, start, end, &states[source].memory, named: named)
    if found.kind == .open {
      open(found, bytes, start, end, context)
      return
    }
    settle(found, bytes, start, end, context, lines: 1, &output)
  }

  /// Counts a recognised line or record, notes its time and emits its events.
  @inline(__always)
  private mutating func settle(
    _ found: Recognition,
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ context: LineContext,
    lines: Int,
    _ output: inout Classified
  ) {
    // A record without words of its own (Patroni's `ERROR: ` before a traceback) has nothing that could be unknown.
    let isEmpty = found.kind == .record && found.textStart >= found.textEnd
    let isClaimed = isEmpty || found.isClaimed || recognizer.hasClaimedExtras
    let opensBlock = found.kind == .headless && builder.isBlock(found.slot)
    states[context.source.index].settle(found, context, lines, isClaimed, opensBlock) { output.readings.append($0) }
    if isClaimed {
      if builder.hasEvent(found.slot) || !recognizer.extras.isEmpty {
        emit(found, bytes, start, end, context, &output)
      }
    } else if found.kind == .record, found.level >= 0 {
      sample(found, bytes, start, end, context)
    } else if found.kind == .unframed, !states[context.source.index].isRecordRecognized,
      AlarmingWords.stand(in: bytes, start, end)
    {
      keep(.error, nil, bytes, start, end, context)
    }
  }

  @inline(never)
  private mutating func emit(
    _ found: Recognition,
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ context: LineContext,
    _ output: inout Classified
  ) {
    let source = context.source.index
    guard recognizer.extras.isEmpty else { return emitAll(found, bytes, start, end, context, &output) }
    states[source].events &+= 1
    keeper.take(found, bytes, start, end, context, builder, &recognizer, &states[source].lanes, &output)
  }

  /// Emits the events of a record with several messages.
  private mutating func emitAll(
    _ found: Recognition,
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ context: LineContext,
    _ output: inout Classified
  ) {
    var events: [Event] = []
    for part in [found] + recognizer.extras where builder.hasEvent(part.slot) {
      guard let kind = builder.rules[Int(part.slot)].kind else { continue }
      events.append(builder.event(part, kind, &recognizer, bytes, start, end, context))
    }
    guard !events.isEmpty else { return }
    states[context.source.index].events &+= events.count
    keeper.take(events, builder, &recognizer, &output)
  }

  /// Keeps an unrecognised line that reports an error.
  @inline(never)
  private mutating func sample(
    _ found: Recognition,
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ context: LineContext
  ) {
    guard let level = builder.level(of: found), level >= .error else { return }
    keep(level, found.stamp, bytes, start, end, context)
  }

  /// Counts an unrecognised line that reports an error, and keeps the first ones.
  private mutating func keep(
    _ level: Level,
    _ stamp: Stamp?,
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ context: LineContext
  ) {
    let source = context.source.index
    states[source].unrecognizedErrors += 1
    guard states[source].samples.count < SourceTally.maximumSamples else { return }
    let text = EventBuilder.text(bytes, start, end, limit: 1024)
    states[source].samples.append(
      UnrecognizedLine(line: context.number, stamp: stamp, level: level, text: text)
    )
  }

  private func updateTallies(_ output: inout Classified) {
    while output.tallies.count < states.count { output.tallies.append(SourceTally()) }
    for source in states.indices { states[source].update(&output.tallies[source]) }
  }
}

// MARK: - Records of several lines

extension Classifier {
  private mutating func open(
    _ found: Recognition,
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ context: LineContext
  ) {
    let line = bytes.extracting(start..<end).withUnsafeBufferPointer { Array($0) }
    states[context.source.index].pending = PendingRecord(bytes: line, head: found.head, line: context)
  }

  /// Adds a line to the record that waits for it; false if the line begins another record, or nothing waits any more.
  private mutating func extend(
    _ source: Int,
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ output: inout Classified
  ) -> Bool {
    guard var pending = states[source].pending else { return false }
    states[source].pending = nil
    if beginsRecord(pending.head, bytes, start, end, source) {
      states[source].pending = pending
      flush(source, &output)
      return false
    }
    pending.bytes.append(0x0A)
    for index in start..<end { pending.bytes.append(bytes[index]) }
    pending.lines += 1
    let isTooLong = pending.lines >= PendingRecord.maximumLines || pending.bytes.count > Recognizer.maximumLength
    let line = pending.bytes.span
    let found = recognizer.fitted(
      pending.head,
      line,
      0,
      min(line.count, Recognizer.maximumLength),
      &states[source].memory,
      isComplete: isTooLong
    )
    if let found, found.kind != .open {
      settle(found, line, 0, min(line.count, Recognizer.maximumLength), pending.line, lines: pending.lines, &output)
    } else if !isTooLong {
      states[source].pending = pending
    }
    return true
  }

  /// Whether a line is a record of the given head by itself, so that the one before was cut off.
  private mutating func beginsRecord(_ head: Int, _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ source: Int) -> Bool
  {
    guard end > start, recognizer.heads.entries[head].firstBytes.contains(bytes[start]) else { return false }
    return recognizer.fitted(head, bytes, start, end, &states[source].memory) != nil
  }

  /// Classifies a waiting record as it is.
  private mutating func flush(_ source: Int, _ output: inout Classified) {
    guard let pending = states[source].pending else { return }
    states[source].pending = nil
    let line = pending.bytes.span
    let end = min(line.count, Recognizer.maximumLength)
    guard
      let found = recognizer.fitted(pending.head, line, 0, end, &states[source].memory, isComplete: true)
    else { return }
    settle(found, line, 0, end, pending.line, lines: pending.lines, &output)
  }
}
