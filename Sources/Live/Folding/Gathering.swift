import Analyzer
import Model
import Parsing

/// Puts the folds of several inputs together as if the inputs had been read one after another.
///
/// The order in which they really delivered their lines does not show.
struct Gathering {
  /// What a report is made of.
  private(set) var material = ReportMaterial(classified: Classified(), sources: [], bytes: 0)
  /// The position of each input's first event in the material.
  private(set) var firstEvents: [Int] = []

  init(_ folds: [InputFold]) {
    if folds.count == 1, let fold = folds.first {
      firstEvents = [0]
      material = ReportMaterial(classified: fold.classified, sources: fold.sources, bytes: fold.bytes)
      return
    }
    var arrivals = 0
    for fold in folds {
      add(fold, arrivals: arrivals)
      arrivals += fold.lines
    }
  }

  private mutating func add(_ fold: InputFold, arrivals: Int) {
    let ids = fold.sources.map { id(of: $0) }
    firstEvents.append(material.classified.events.count)
    material.bytes += fold.bytes
    material.classified.events.reserveCapacity(material.classified.events.count + fold.events.count)
    for event in fold.events {
      material.classified.events.append(
        event.placed(in: ids[event.source.index], arrival: event.arrival + arrivals)
      )
    }
    for reading in fold.readings {
      var reading = reading
      reading.source = ids[reading.source.index]
      reading.arrival += arrivals
      material.classified.readings.append(reading)
    }
    for (index, tally) in fold.tallies.enumerated() {
      let target = ids[index].index
      while material.classified.tallies.count <= target { material.classified.tallies.append(SourceTally()) }
      material.classified.tallies[target].add(tally)
    }
  }

  /// A name in a prefix is one source wherever it occurs; the lines that no prefix names are their input's own.
  private mutating func id(of source: Source) -> SourceID {
    if source.isNamedByPrefix,
      let known = material.sources.firstIndex(where: { $0.isNamedByPrefix && $0.name == source.name })
    {
      return SourceID(known)
    }
    material.sources.append(source)
    return SourceID(material.sources.count - 1)
  }
}

extension SourceTally {
  /// Adds what was seen of the same source in another input.
  fileprivate mutating func add(_ other: SourceTally) {
    lines += other.lines
    recognizedLines += other.recognizedLines
    events += other.events
    componentBits |= other.componentBits
    unrecognizedErrors += other.unrecognizedErrors
    samples = Array((samples + other.samples).prefix(Self.maximumSamples))
    first = first ?? other.first
    last = other.last ?? last
  }
}
