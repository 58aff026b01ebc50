import Clocks
import Contract
import Correlation
import Model
import Parsing

/// Describes what was read, for the report's `input`.
struct InputDescription {
  let sources: [Source]
  let tallies: [SourceTally]
  let components: [Component]
  let chronology: Chronology
  let directory: MemberDirectory
  let bytes: Int
  let complaints: [String]

  /// More unrecognised error lines than this are only counted.
  private static let shownErrors = 10

  var input: Input {
    Input(
      sources: sources.indices.map(source),
      lines: tallies.reduce(0) { $0 + $1.lines },
      bytes: bytes,
      recognisedLines: tallies.reduce(0) { $0 + $1.recognizedLines },
      eventCount: tallies.reduce(0) { $0 + $1.events },
      firstAt: chronology.firstAt,
      lastAt: chronology.lastAt,
      warnings: complaints + chronology.warnings + unrecognizedErrors
    )
  }

  private func source(_ index: Int) -> InputSource {
    let tally = index < tallies.count ? tallies[index] : SourceTally()
    let sightings = index < chronology.sightings.count ? chronology.sightings[index] : []
    let id = SourceID(index)
    return InputSource(
      name: sources[index].name,
      path: sources[index].path,
      framing: sources[index].framing.rawValue,
      components: tally.components.map { components[$0].name },
      member: directory.members.first { directory.source(of: $0) == id },
      lines: tally.lines,
      recognisedLines: tally.recognizedLines,
      events: tally.events,
      firstAt: sightings.first,
      lastAt: sightings.last,
      clock: index < chronology.clocks.count ? chronology.clocks[index] : Self.unknownClock
    )
  }

  private static var unknownClock: SourceClock {
    SourceClock(zone: "UTC", zoneFrom: .assumed, offset: nil, lower: nil, upper: nil, offsetFrom: .assumed)
  }

  /// Lines that say that something is wrong and that no parser knows: shown, never swallowed.
  private var unrecognizedErrors: [String] {
    let total = tallies.reduce(0) { $0 + $1.unrecognizedErrors }
    guard total > 0 else { return [] }
    let shown = tallies.enumerated().flatMap { index, tally in
      tally.samples.map { "\(sources[index].name):\($0.line) is not recognised: \($0.text)" }
    }
    let rest = total - min(total, min(shown.count, Self.shownErrors))
    return Array(shown.prefix(Self.shownErrors))
      + (rest > 0 ? ["\(rest) more lines of level error or above are not recognised"] : [])
  }
}
