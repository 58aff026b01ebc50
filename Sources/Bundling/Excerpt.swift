package import Contract
package import Model
import Reporting

/// Which lines of an input tell the incidents: those around them in time, those that the report cites, and both ends.
package struct Excerpt {
  /// An event as far as it decides on lines.
  package struct Sighting: Hashable, Sendable {
    package var input: Int
    package var line: Int
    package var at: Instant

    package init(input: Int, line: Int, at: Instant) {
      self.input = input
      self.line = line
      self.at = at
    }
  }

  /// Lines kept at the beginning of an input, where components tell what they are.
  private static let head = 200
  /// Lines kept at its end.
  private static let tail = 50
  /// Lines kept before and after each other kept line: a record's continuation, what happened beside it.
  private static let margin = 5

  private let report: Report
  private let sources: [Source]
  private let sightings: [Sighting]

  /// `sightings` are the events of the log; `sources` are indexed as the report's analysis had them.
  package init(report: Report, sources: [Source], sightings: [Sighting]) {
    self.report = report
    self.sources = sources
    self.sightings = sightings
  }

  /// The numbers of the lines to keep of an input of `count` lines, with `context` seconds around each incident.
  package func lines(ofInput input: Int, count: Int, context: Double) throws -> [ClosedRange<Int>] {
    let here = sightings.filter { $0.input == input }
    var ranges = [1...max(1, Self.head), max(1, count - Self.tail)...max(1, count)]
    for incident in report.incidents {
      let from = incident.startedAt.advanced(bySeconds: -context)
      let end = incident.endedAt ?? report.input.lastAt ?? incident.startedAt
      let to = max(end, incident.startedAt).advanced(bySeconds: context)
      let lines = here.filter { $0.at >= from && $0.at <= to }.map(\.line)
      if let first = lines.min(), let last = lines.max() { ranges.append(first...last) }
    }
    ranges += try cited(input: input).map { $0...$0 }
    return Self.merged(ranges.map { max(1, $0.lowerBound - Self.margin)...$0.upperBound + Self.margin }, within: count)
  }

  /// The numbers of an input's lines that the report cites, wherever it does.
  private func cited(input: Int) throws -> Set<Int> {
    let names = Set(sources.filter { $0.input == input }.map(\.name))
    var lines: Set<Int> = []
    Self.collect(try JSONValue(encoding: report), of: names, into: &lines)
    return lines
  }

  private static func collect(_ value: JSONValue, of names: Set<String>, into lines: inout Set<Int>) {
    switch value {
    case .object(let members):
      if case .string(let source)? = value["source"], case .integer(let line)? = value["line"], names.contains(source) {
        lines.insert(line)
      }
      for member in members { collect(member.value, of: names, into: &lines) }
    case .array(let elements):
      for element in elements { collect(element, of: names, into: &lines) }
    case .null, .boolean, .integer, .number, .string: break
    }
  }

  private static func merged(_ ranges: [ClosedRange<Int>], within count: Int) -> [ClosedRange<Int>] {
    var result: [ClosedRange<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.lowerBound <= count {
      let range = range.clamped(to: 1...max(1, count))
      if let last = result.last, range.lowerBound <= last.upperBound + 1 {
        result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }
}

/// A log as its lines.
package struct LogLines: Hashable, Sendable {
  /// Without their line feeds.
  package var lines: [ArraySlice<UInt8>]
  private let endsWithLineFeed: Bool

  package init(_ bytes: [UInt8]) {
    lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    endsWithLineFeed = bytes.last == 0x0A
    if endsWithLineFeed || bytes.isEmpty { lines.removeLast() }
  }

  /// The log as bytes.
  package var bytes: [UInt8] {
    Array(lines.joined(separator: [0x0A])) + (endsWithLineFeed ? [0x0A] : [])
  }

  /// Empties every line but those whose numbers are kept; the first line of this log has the number `first`.
  package mutating func keep(_ ranges: [ClosedRange<Int>], first: Int) -> Int {
    var kept = 0
    var remaining = ranges[...]
    for index in lines.indices {
      let number = first + index
      while let range = remaining.first, range.upperBound < number { remaining.removeFirst() }
      if let range = remaining.first, range.contains(number) {
        kept += 1
      } else {
        lines[index] = []
      }
    }
    return kept
  }
}
