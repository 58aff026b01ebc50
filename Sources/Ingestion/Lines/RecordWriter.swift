import Model

/// Who a line is from: its source, and the index of its program or -1.
struct LinePlace {
  var source: SourceID
  var program: Int32
}

/// Collects the records of a batch, and writes anew the payloads that do not stand in the buffer as they are.
struct RecordWriter: Sendable {
  private(set) var lines: [LineRecord] = []
  /// Payloads that had to be written anew.
  ///
  /// Their records start at the `arenaStart` of the last reset plus their offset here.
  private(set) var arena: [UInt8] = []
  private var arenaStart = 0
  private var scratch: [UInt8] = []
  private var partials = PartialLines()

  /// Forgets the records written so far, but not the parts of records that are still open.
  mutating func reset(arenaStart: Int, capacity: Int) {
    lines.removeAll(keepingCapacity: true)
    lines.reserveCapacity(capacity)
    arena.removeAll(keepingCapacity: true)
    self.arenaStart = arenaStart
  }

  @inline(__always)
  mutating func append(_ record: LineRecord) {
    lines.append(record)
  }

  /// Adds a payload that stands in the buffer.
  mutating func append(_ payload: Range<Int>, _ place: LinePlace, _ number: Int, _ outer: Stamp?) {
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

  /// Adds what a framing has around it, joined with the parts that came before.
  ///
  /// - `isCopy`: whether the bytes are not the buffer's, so that the payload has to be copied in any case.
  mutating func deliver(
    _ bytes: Span<UInt8>,
    _ found: Recognition,
    _ place: LinePlace,
    _ number: Int,
    isCopy: Bool = false
  ) {
    var goesOn = false
    var stream: UInt8 = 0
    switch found.completeness {
    case .whole, .announcement: break
    case .begun(let begun):
      goesOn = true
      stream = begun
    case .ended(let ended), .byLineFeed(let ended): stream = ended
    }
    let earlier = stream > 0 ? partials.take(place.source, stream) : nil
    if earlier == nil, !goesOn, !isCopy, found.encoding == .verbatim {
      append(found.payload, place, number, found.outer)
      return
    }
    var part =
      earlier
      ?? PartialLines.Part(place: place, stream: stream, bytes: [], number: number, outer: found.outer)
    decode(bytes, found, to: &part.bytes)
    if case .byLineFeed = found.completeness { goesOn = part.bytes.last != 0x0A }
    guard goesOn else {
      emit(part)
      return
    }
    if let given = partials.keep(part) { emit(given) }
  }

  /// Adds the records whose last part never came.
  mutating func finish() {
    for part in partials.takeAll() { emit(part) }
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
      let offset = arenaStart + arena.count
      append(offset..<offset + stop - start, part.place, part.number, part.outer)
      arena.append(contentsOf: scratch[start..<stop])
      start = stop + 1
    } while start < end
  }
}
