import Clocks
import Ingestion
import Model
import Parsing

/// What a stage is given, made by the stages before it.
struct StageInput {
  let classified: Classified
  let sources: [Source]

  /// Reads and classifies a log.
  init(log: String, catalogue: ParserCatalogue) {
    var reader = LineReader(plan: InputPlan(paths: [log]))
    var classifier = Classifier(catalogue: catalogue, folding: RoutineFolding())
    var classified = Classified()
    while let batch = reader.next() { classifier.consume(batch, into: &classified) }
    classifier.finish(into: &classified)
    self.classified = classified
    sources = reader.sources
  }

  /// The events on one time axis.
  var chronology: Chronology {
    Clocks.chronology(
      of: classified.events,
      readings: classified.readings,
      sources: sources,
      options: ClockOptions()
    )
  }

  /// Reads a log and counts its lines.
  static func lines(of log: String) -> Int {
    var reader = LineReader(plan: InputPlan(paths: [log]))
    var count = 0
    while let batch = reader.next() { count += batch.lines.count }
    return count
  }

  /// The lines of a log, kept in memory.
  static func batches(of log: String) -> [LineBatch] {
    var reader = LineReader(plan: InputPlan(paths: [log]))
    var batches: [LineBatch] = []
    while let batch = reader.next() { batches.append(batch) }
    return batches
  }

  /// Classifies lines, and counts the events that are kept.
  static func classified(_ batches: [LineBatch], _ catalogue: ParserCatalogue) -> Int {
    var classifier = Classifier(catalogue: catalogue, folding: RoutineFolding())
    var classified = Classified()
    for batch in batches { classifier.consume(batch, into: &classified) }
    classifier.finish(into: &classified)
    return classified.events.count
  }
}
