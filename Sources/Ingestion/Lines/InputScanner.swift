import Model

/// Turns the bytes of one input into lines, whatever the portions in which they come.
///
/// The caller owns the `SourceTable`, since several inputs share it. Nothing here does I/O: `LineReader` reads files,
/// and a live mode feeds what a process prints.
package struct InputScanner: Sendable {
  /// The input that is scanned.
  package let input: InputIdentity

  /// The framing is looked for in these many lines and bytes before the first line is let go.
  private static let firstLookLines = 300
  private static let firstLookBytes = 64 * 1024

  private var buffer = LineBuffer()
  private var router: LineRouter
  private var hasLooked = false
  private var repair = TextRepair()

  package init(input: InputIdentity) {
    self.input = input
    router = LineRouter(input: input)
  }

  /// Takes in `bytes` and returns the lines that they complete, if any.
  package mutating func feed(_ bytes: [UInt8], into table: inout SourceTable) -> LineBatch? {
    buffer.append(bytes)
    return take(into: &table)
  }

  /// Lets go of the lines that are held back for a first look at the framing: for live input that pauses.
  package mutating func flush(into table: inout SourceTable) -> LineBatch? {
    look()
    return take(into: &table)
  }

  /// Ends a file of the input: its last line may lack a line feed, and the next file's lines count from 1.
  package mutating func finishFile(into table: inout SourceTable) -> LineBatch? {
    buffer.finish()
    look()
    let batch = take(into: &table)
    router.beginFile()
    return batch
  }

  /// Ends the input, and delivers records whose last part never came.
  package mutating func finish(into table: inout SourceTable) -> LineBatch? {
    buffer.finish()
    look()
    return take(into: &table, isLast: true)
  }

  /// Remembers how lines begin that may be counted instead of being handed on.
  package mutating func learn(_ lesson: NoiseLesson) {
    router.learn(lesson)
  }

  /// Lets `read` fill a block and returns its result.
  mutating func fill(_ read: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
    buffer.fill(read)
  }

  /// What a pager did to the lines, if it cut them off at its width.
  func complaintAboutLines(path: String) -> InputDiagnostic? {
    router.cutWidth.map { width in
      InputDiagnostic(
        path: path,
        reason: "lines are cut off after \(width) characters, so that their ends are missing",
        help: "print them whole: journalctl --no-pager, or less without -S"
      )
    }
  }

  /// What is wrong with the bytes read so far, if they are no text.
  func complaintAboutContent(path: String) -> InputDiagnostic? {
    ContentKind(buffer.unfinishedHead).complaint(path)
  }

  /// Forgets everything that was read and not yet delivered.
  mutating func dropUnrouted() {
    buffer = LineBuffer()
  }

  /// Goes on in another buffer, so that the last batch can be kept without being copied.
  mutating func move(to spare: consuming [UInt8]) {
    guard buffer.cuts.isEmpty else { return }
    buffer.move(to: spare)
  }

  /// The lines that are complete, if any.
  mutating func take(into table: inout SourceTable, isLast: Bool = false) -> LineBatch? {
    if !hasLooked {
      guard buffer.cuts.count >= Self.firstLookLines || buffer.filled >= Self.firstLookBytes else { return nil }
      look()
    }
    guard !buffer.cuts.isEmpty || isLast else { return nil }
    buffer.clean()
    if !repair.isEmpty { buffer.repair(with: repair) }
    router.reset(arenaStart: buffer.filled, capacity: buffer.cuts.count)
    router.route(buffer.bytes, buffer.cuts, &table)
    if isLast { router.finish(&table) }
    buffer.discardCuts()
    guard !router.writer.lines.isEmpty || !router.screen.runs.isEmpty else { return nil }
    let bytes = router.writer.arena.isEmpty ? buffer.bytes : Array(buffer.bytes[..<buffer.filled]) + router.writer.arena
    let batch = LineBatch(
      bytes: bytes,
      lines: router.writer.lines,
      programs: table.programs,
      firstArrival: table.nextArrival,
      runs: router.screen.runs,
      noise: router.screen.lines
    )
    table.nextArrival += batch.count
    return batch
  }

  private mutating func look() {
    guard !hasLooked else { return }
    hasLooked = true
    let count = buffer.cuts.prefix(Self.firstLookLines).prefix { $0.range.upperBound < Self.firstLookBytes }.count
    buffer.clean()
    let end = count > 0 ? buffer.cuts[count - 1].range.upperBound : 0
    repair = TextRepair(lookingAt: buffer.bytes.span.extracting(..<end))
    if !repair.isEmpty { buffer.repair(with: repair) }
    router.scout(buffer.bytes, buffer.cuts.prefix(count))
  }
}
