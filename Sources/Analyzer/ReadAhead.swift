import Dispatch
import Ingestion
import Model
import Synchronization

/// Reads, decompresses and splits on a thread of its own, a few batches ahead of the one that parses.
///
/// The batches come in the order in which the reader gives them, so that the result is the same as without.
final class ReadAhead: Sendable {
  /// What has become known of the input by a batch.
  struct Portion: Sendable {
    var batch: LineBatch
    var sources: [Source]
    var progress: AnalysisProgress
  }

  /// What is known once everything is read.
  struct Summary: Sendable {
    var sources: [Source]
    var bytes: Int
    var diagnostics: [InputDiagnostic]
  }

  private struct State {
    var portions: [Portion] = []
    var spares: [[UInt8]] = []
    var lessons: [NoiseLesson] = []
    var summary: Summary?
  }

  /// Batches that may wait: enough to bridge a hiccup of either side, few enough to stay in the cache.
  private static let depth = 3

  private let state = Mutex(State())
  private let ready = DispatchSemaphore(value: 0)
  private let room = DispatchSemaphore(value: depth)

  /// Begins to read.
  init(plan: InputPlan) {
    DispatchQueue.global(qos: .userInitiated).async { [self] in read(plan) }
  }

  /// The next batch, or nil at the end.
  func next() -> Portion? {
    ready.wait()
    return state.withLock { $0.portions.isEmpty ? nil : $0.portions.removeFirst() }
  }

  /// Gives the buffer of a batch back, with what was learnt from its lines.
  func reuse(_ buffer: consuming [UInt8], lessons: [NoiseLesson]) {
    let spare = buffer
    state.withLock { state in
      state.spares.append(spare)
      state.lessons += lessons
    }
    room.signal()
  }

  /// What is known of the input after `next` has returned nil.
  var summary: Summary {
    state.withLock { $0.summary } ?? Summary(sources: [], bytes: 0, diagnostics: [])
  }

  private func read(_ plan: InputPlan) {
    var reader = LineReader(plan: plan)
    while let batch = reader.next() {
      let progress = AnalysisProgress(bytes: reader.bytesRead, lines: reader.linesRead)
      let sources = reader.sources
      room.wait()
      let (spare, lessons) = state.withLock { state in
        state.portions.append(Portion(batch: batch, sources: sources, progress: progress))
        defer { state.lessons = [] }
        return (state.spares.popLast() ?? [], state.lessons)
      }
      ready.signal()
      reader.learn(lessons)
      reader.move(to: spare)
    }
    let summary = Summary(sources: reader.sources, bytes: reader.bytesRead, diagnostics: reader.diagnostics)
    state.withLock { $0.summary = summary }
    ready.signal()
  }
}
