import Contract
import Model
import Parsing

/// A look at the events that are held, for what of them can be put away.
///
/// It is due when a quarter more events have come, whether it is taken at once or meanwhile on a thread of its own: so
/// the report does not depend on how the threads happen to run.
struct PendingLook: Sendable {
  /// How many events were held when it began.
  let count: Int
  private let answer: Deferred<(HistoryCut, Report)?>

  init(at material: ReportMaterial, after earlier: EarlierLog?, _ maker: ReportMaker, isAside: Bool) {
    count = material.classified.events.count
    answer = Deferred(isAside: isAside) {
      let result = maker.result(of: material, after: earlier, goesOn: true)
      return HistoryCut(result, of: material.classified.events).map { ($0, result.report) }
    }
  }

  /// At how many events it has to be over.
  var due: Int { count + count / 4 }

  /// Where to cut, and the report on everything up to the look; nil if nothing can be put away.
  ///
  /// Waits until it is known.
  var found: (HistoryCut, Report)? { answer.value }
}
