import Contract
package import Ingestion
package import Model
package import Parsing

/// The fold from lines to a report: fed batches of lines in reading order, asked for its report at any moment.
///
/// Batch and live analysis are the same fold; how the input was cut into batches does not show in the report.
package struct Analysis: ~Copyable {
  private let maker: ReportMaker
  private var classifier: Classifier
  private var classified = Classified()
  /// What was put away; nil as long as everything is held.
  private var earlier: EarlierLog?
  /// How many events make it worth a look whether some can be put away; nil if all are wanted.
  private let window: Int?
  private let wholeIncidents: Int
  /// Whether looks at what can be put away are taken on a thread of their own.
  private let looksAside: Bool
  private var nextLook: Int
  private var look: PendingLook?
  /// Lines that arrived before this one were put away.
  private var firstArrival = 0

  /// Prepares for a log.
  ///
  /// - Parameters:
  ///   - catalogue: the parsers.
  ///   - options: what the run is told.
  ///   - folding: what becomes of events that are mere routine.
  ///   - window: how many events are held before those of incidents that are over are put away; nil for all of them.
  ///   - wholeIncidents: how many of the incidents whose events were put away, the latest, keep all their evidence.
  ///   - looksAside: whether it is found out on a thread of its own what can be put away; the report is the same.
  package init(
    catalogue: ParserCatalogue,
    options: AnalysisOptions,
    folding: RoutineFolding = .none,
    window: Int? = nil,
    wholeIncidents: Int = 100,
    looksAside: Bool = false
  ) {
    maker = ReportMaker(catalogue: catalogue, options: options)
    classifier = Classifier(catalogue: catalogue, folding: folding)
    self.window = window
    self.wholeIncidents = wholeIncidents
    self.looksAside = looksAside
    nextLook = window ?? .max
  }

  /// How many events are held.
  package var heldEvents: Int { classified.events.count }

  /// Takes in one batch of lines; `sources` are those that it and all before it refer to.
  package mutating func consume(_ batch: borrowing LineBatch, sources: @autoclosure () -> [Source] = []) {
    classifier.consume(batch, into: &classified)
    if let look {
      if classified.events.count >= look.due { putAway(look) }
    } else if classified.events.count >= nextLook {
      beginLook(sources())
    }
  }

  /// What the reader of the lines may be told, see `Classifier.takeLessons`.
  package mutating func takeLessons() -> [NoiseLesson] {
    classifier.takeLessons()
  }

  /// Tells that no line follows: what waited for its end is taken in.
  package mutating func finish() {
    classifier.finish(into: &classified)
    if let look { putAway(look) }
  }

  /// The report on everything taken in so far, and the events in time order.
  ///
  /// - Parameters:
  ///   - sources: the sources that the batches refer to.
  ///   - bytes: how much was read.
  ///   - complaints: what was wrong with the input, one line each.
  /// - Returns: the report, the events and the complaints.
  package borrowing func result(sources: [Source], bytes: Int, complaints: [String]) -> AnalysisResult {
    let material = ReportMaterial(classified: left, sources: sources, bytes: bytes, complaints: complaints)
    var result = maker.result(of: material, after: earlier)
    if let earlier { result.report = earlier.completed(by: result.report) }
    return result
  }

  // MARK: - A bounded memory

  /// What is held, without routine lines that waited for so long that what came after them was put away.
  private var left: Classified {
    guard earlier != nil else { return classified }
    var left = classified
    left.events.removeAll { $0.arrival < firstArrival }
    left.readings.removeAll { $0.arrival < firstArrival }
    return left
  }

  /// Begins to find out what can be put away of what is held by now.
  private mutating func beginLook(_ sources: [Source]) {
    classified = left
    let material = ReportMaterial(classified: classified, sources: sources, bytes: 0)
    look = PendingLook(at: material, after: earlier, maker, isAside: looksAside)
  }

  /// Keeps what is said of incidents that are over in the place of their events, if that can be.
  ///
  /// When it is done depends on how many events came since the look began, not on how long it took.
  private mutating func putAway(_ look: PendingLook) {
    self.look = nil
    guard let (cut, report) = look.found else {
      nextLook = classified.events.count * 2
      return
    }
    if earlier == nil {
      earlier = EarlierLog(report, until: cut.boundary, wholeIncidents: wholeIncidents)
    } else {
      earlier?.add(report, until: cut.boundary)
    }
    let kept = cut.kept(of: classified.events.prefix(look.count))
    firstArrival = kept.map(\.arrival).min() ?? 0
    classified.events = kept + classified.events.dropFirst(look.count)
    classified.readings.removeAll { $0.arrival < firstArrival }
    classifier.beginAnew(withEvents: classified.events.count)
    nextLook = max(window ?? .max, kept.count * 2)
  }
}
