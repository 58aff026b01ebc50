import Analyzer
import Benchmark
import BundledParsers
import Clocks
import Contract
import Correlation
import Foundation
import Ingestion
import Model
import Parsing

/// The stages one by one, on the log that `BENCHMARK_LOG` names, or a recorded failover.
let benchmarks: @Sendable () -> Void = {
  let log = ProcessInfo.processInfo.environment["BENCHMARK_LOG"] ?? "samples/healthy/compose.log"
  let catalogue = ParserCatalogue(compact: BundledParsers.compact)
  Benchmark.defaultConfiguration = .init(
    metrics: [.cpuTotal, .instructions, .peakMemoryResident, .throughput],
    warmupIterations: 1,
    maxDuration: .seconds(5),
    maxIterations: 100
  )

  Benchmark("catalogue") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(ParserCatalogue(compact: BundledParsers.compact)) }
  }

  Benchmark("ingest") { benchmark in
    for _ in benchmark.scaledIterations { blackHole(StageInput.lines(of: log)) }
  }

  Benchmark("classify") { benchmark in
    let batches = StageInput.batches(of: log)
    for _ in benchmark.scaledIterations { blackHole(StageInput.classified(batches, catalogue)) }
  }

  Benchmark("clock") { benchmark in
    let input = StageInput(log: log, catalogue: catalogue)
    for _ in benchmark.scaledIterations { blackHole(input.chronology) }
  }

  Benchmark("correlate") { benchmark in
    let input = StageInput(log: log, catalogue: catalogue)
    let chronology = input.chronology
    for _ in benchmark.scaledIterations {
      blackHole(
        CorrelatedLog(
          observations: Observations(chronology: chronology, sources: input.sources),
          summaries: [],
          options: CorrelationOptions()
        )
      )
    }
  }

  Benchmark("report") { benchmark in
    let analysis = BatchAnalysis(options: AnalysisOptions())
    for _ in benchmark.scaledIterations { blackHole(analysis.run(paths: [log])) }
  }
}
