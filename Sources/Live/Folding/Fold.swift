import Ingestion
import Model
import Parsing

/// From the bytes of one input to its events: scanner, sources and classifier, with nothing shared between inputs.
///
/// Because nothing is shared, it does not matter in which order several inputs deliver their lines.
struct Fold: ~Copyable {
  private(set) var table = SourceTable()
  private(set) var classified = Classified()
  private var scanner: InputScanner
  private var classifier: Classifier

  init(identity: InputIdentity, catalogue: ParserCatalogue) {
    scanner = InputScanner(input: identity)
    classifier = Classifier(catalogue: catalogue, folding: .endless)
  }

  /// How many lines were taken in.
  var lines: Int { table.nextArrival }

  /// Takes in bytes as they come.
  mutating func feed(_ bytes: [UInt8]) {
    if let batch = scanner.feed(bytes, into: &table) { classifier.consume(batch, into: &classified) }
  }

  /// Lets go of lines that were held back for a first look at the framing.
  mutating func flush() {
    if let batch = scanner.flush(into: &table) { classifier.consume(batch, into: &classified) }
  }

  /// Ends a file: the next one's lines count from 1.
  mutating func endFile() {
    if let batch = scanner.finishFile(into: &table) { classifier.consume(batch, into: &classified) }
  }

  /// Ends the input.
  mutating func finish() {
    if let batch = scanner.finish(into: &table) { classifier.consume(batch, into: &classified) }
    classifier.finish(into: &classified)
  }

  /// Forgets events, and the clock readings that arrived before those that are left.
  ///
  /// What is left is a log that begins there, in which clocks are read as often as in any that begins.
  mutating func giveUp(_ isGivenUp: [Bool]) {
    classified.events = classified.events.without(isGivenUp)
    classifier.beginAnew(withEvents: classified.events.count)
    guard let arrival = classified.events.first?.arrival else { return classified.readings.removeAll() }
    classified.readings.removeAll { $0.arrival < arrival }
  }
}

extension Array {
  /// The elements at whose index `isGivenUp` is not true, in an array that holds no more than them.
  func without(_ isGivenUp: [Bool]) -> [Element] {
    var left: [Element] = []
    left.reserveCapacity(count - isGivenUp.count { $0 })
    for index in indices where index >= isGivenUp.count || !isGivenUp[index] { left.append(self[index]) }
    return left
  }
}
