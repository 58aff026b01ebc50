import CByteScan
import Ingestion
import Model

/// Lines that the reader was taught to be noise.
extension Classifier {
  /// Counts the lines of a run and notes their times; one by one where it is not certain that they are what they seem.
  mutating func consume(
    _ run: NoiseRun,
    of batch: borrowing LineBatch,
    arrival: Int,
    into output: inout Classified
  ) {
    let source = run.source.index
    guard source >= 0, run.lines.upperBound <= batch.noise.count else { return }
    states.require(source)
    let lines = batch.noise.span.extracting(run.lines)
    let named = named(by: run.program)
    guard states[source].pending == nil, named < 0 || named == run.head.component,
      recognizer.isAskedFirst(Int(run.head.head), states[source].memory.recent)
    else { return expand(run, lines, batch.bytes.span, named, arrival: arrival, &output) }
    states[source].memory.take(run.head.head, run.head.level)
    states[source].settle(run, lines, arrival: arrival, epoch: keeper.disturbances) { output.readings.append($0) }
  }

  @inline(never)
  private mutating func expand(
    _ run: NoiseRun,
    _ lines: Span<noise_line>,
    _ bytes: Span<UInt8>,
    _ named: Int,
    arrival: Int,
    _ output: inout Classified
  ) {
    for index in lines.indices where lines[index].start <= lines[index].end && lines[index].end <= bytes.count {
      let line = LineContext(
        start: Int(lines[index].start),
        end: Int(lines[index].end),
        source: run.source,
        number: run.number + index,
        arrival: arrival + index
      )
      consume(bytes, line, named, &output)
    }
  }
}
