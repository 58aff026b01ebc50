import Analyzer
import BundledParsers
import Foundation
import Ingestion
import Live
import Parsing
import TestSupport

/// The recorded failover and its like, as tests use them.
enum Log {
  static let failover = "samples/seed-failover/compose.log"
  static let switchover = "samples/switchover/compose.log"

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: Repository.root.appendingPathComponent(path)))
  }

  /// The lines of a log, with their line feeds.
  static func lines(_ path: String) throws -> [[UInt8]] { lines(try bytes(path)) }

  static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map { Array($0) + [0x0A] }
  }
}

/// A source of chance that is the same in every run.
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A live run without a program around it: the test is the clock.
struct LiveRun: ~Copyable {
  static let catalogue = ParserCatalogue(compact: BundledParsers.compact)

  var analysis: LiveAnalysis
  private(set) var messages: [LiveMessage] = []
  private(set) var uptime = 0.0

  init(
    _ inputs: [InputIdentity] = [.standardInput],
    catalogue: ParserCatalogue = catalogue,
    change: (inout LiveOptions) -> Void = { _ in }
  ) {
    var options = LiveOptions(analysis: AnalysisOptions(version: "test"))
    change(&options)
    analysis = LiveAnalysis(catalogue: catalogue, options: options)
    for identity in inputs { _ = analysis.addInput(identity) }
  }

  /// Feeds bytes; a look is taken if one is due.
  mutating func feed(_ bytes: [UInt8], to input: Int = 0, thenWait seconds: Double = 0) {
    messages += analysis.feed(bytes, to: input, uptime: uptime)
    wait(seconds, input: input)
  }

  /// Lets time pass without a line.
  mutating func wait(_ seconds: Double, input: Int = 0) {
    guard seconds > 0 else { return }
    messages += analysis.pause(input, uptime: uptime)
    uptime += seconds
    guard analysis.isLookDue(uptime: uptime) else { return }
    messages += analysis.endLook(analysis.beginLook(uptime: uptime).run(), uptime: uptime)
  }

  mutating func endFile(of input: Int) {
    messages += analysis.endFile(input, uptime: uptime)
  }

  mutating func finish() {
    messages += analysis.finish(uptime: uptime)
  }

  var events: [LiveEvent] { messages.compactMap { if case .event(let event) = $0 { event } else { nil } } }
  var notices: [IncidentNotice] { messages.compactMap { if case .incident(let notice) = $0 { notice } else { nil } } }
  var phases: [PhaseNotice] { messages.compactMap { if case .phase(let notice) = $0 { notice } else { nil } } }
}
