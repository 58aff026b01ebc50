import Ingestion
import Model

/// One line as ingestion delivers it, in a form that tests can compare.
struct ReadLine: Equatable, CustomStringConvertible {
  var source: String
  var framing: Framing
  var number: Int
  var payload: String
  var program: String?
  var outer: Stamp?
  var isNamedByPrefix: Bool

  var description: String {
    "\(number) \(source)/\(framing.rawValue) \(program ?? "-"): \(payload)"
  }

  /// The lines of a batch.
  static func lines(_ batch: LineBatch?, _ table: SourceTable) -> [ReadLine] {
    guard let batch else { return [] }
    return batch.lines.map { line in
      let source = table.sources[line.source.index]
      return ReadLine(
        source: source.name,
        framing: source.framing,
        number: line.number,
        payload: String(decoding: batch.bytes[line.start..<line.start + line.length], as: UTF8.self),
        program: line.program >= 0 ? batch.programs[Int(line.program)] : nil,
        outer: line.outer,
        isNamedByPrefix: source.isNamedByPrefix
      )
    }
  }

  /// Feeds `bytes` in portions of the given sizes, the last of which is repeated; 0 means everything at once.
  static func read(_ bytes: [UInt8], portions: [Int] = [0], input: InputIdentity = .standardInput) -> [ReadLine] {
    var table = SourceTable()
    var scanner = InputScanner(input: input)
    var batches: [LineBatch] = []
    var start = 0
    var turn = 0
    while start < bytes.count {
      let wanted = portions[min(turn, portions.count - 1)]
      let end = wanted <= 0 ? bytes.count : min(start + wanted, bytes.count)
      if let batch = scanner.feed(Array(bytes[start..<end]), into: &table) { batches.append(batch) }
      start = end
      turn += 1
    }
    if let batch = scanner.finish(into: &table) { batches.append(batch) }
    var arrival = 0
    var lines: [ReadLine] = []
    for batch in batches {
      guard batch.firstArrival == arrival else { return [] }
      arrival += batch.lines.count
      lines += Self.lines(batch, table)
    }
    return lines
  }

  static func read(_ text: String, input: InputIdentity = .standardInput) -> [ReadLine] {
    read(Array(text.utf8), input: input)
  }
}

/// A stamp in UTC, for expectations.
func utc(_ text: String, resolution: UInt16 = 1) -> Stamp? {
  Instant(rfc3339: text).map { Stamp(milliseconds: $0.milliseconds, zoneOffset: 0, resolution: resolution) }
}
