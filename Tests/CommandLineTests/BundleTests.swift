import Foundation
import Ingestion
import TestSupport
import Testing

@Suite("Bundles on the command line")
struct BundleTests {
  @Test(
    "A bundle gives the byte-identical report of its logs",
    arguments: [Sample.seedFailover, .switchover, .healthy, .pausedCluster, .etcdQuorumLoss, .seedRejoinFailed]
  )
  func replay(_ sample: Sample) throws {
    let scratch = try ScratchDirectory()
    let bundle = try scratch.write("", to: "case.tar.zst")
    let made = try failscope(["bundle", "samples/\(sample.rawValue)", "-o", bundle])
    #expect(made.status == 0)
    #expect(made.errors.isEmpty)
    for format in ["json", "markdown", "terminal"] {
      let original = try failscope(["analyze", "samples/\(sample.rawValue)", "--format", format])
      let replayed = try failscope(["analyze", bundle, "--format", format])
      #expect(replayed.status == 0)
      #expect(replayed.errors.isEmpty)
      #expect(replayed.output == original.output)
    }
  }

  @Test("Of a long log only what matters is kept, and the report stays")
  func excerpt() throws {
    let scratch = try ScratchDirectory()
    let log = try scratch.write(try Self.longLog(), to: "long.log")
    let bundle = try scratch.write("", to: "case.tar.zst")
    let made = try failscope(["bundle", log, "-o", bundle])
    let counts = made.output.matches(of: #/(\d+) of (\d+) lines/#).first.map { (Int($0.1) ?? 0, Int($0.2) ?? 0) }
    let (kept, all) = try #require(counts)
    #expect(kept * 2 < all, "\(made.output)")
    let original = try failscope(["analyze", log, "--format", "json"])
    #expect(original.output.contains("\"kind\": \"failover\""))
    #expect(try failscope(["analyze", bundle, "--format", "json"]).output == original.output)
  }

  @Test("Standard input can be bundled")
  func standardInput() throws {
    let scratch = try ScratchDirectory()
    let bundle = try scratch.write("", to: "case.tar.zst")
    let text = try Repository.text(failover)
    #expect(try failscope(["bundle", "-o", bundle], input: .text(text)).status == 0)
    let original = try failscope(["analyze", "--format", "json"], input: .text(text))
    #expect(try failscope(["analyze", bundle, "--format", "json"]).output == original.output)
  }

  @Test("A redacted bundle holds no name, and tells the same", arguments: [Sample.seedFailover, .switchover])
  func redacted(_ sample: Sample) throws {
    let scratch = try ScratchDirectory()
    let bundle = try scratch.write("", to: "case.tar.zst")
    let made = try failscope(["bundle", "samples/\(sample.rawValue)", "--redact", "all", "-o", bundle])
    #expect(made.status == 0)
    #expect(made.errors.isEmpty)
    let replayed = try failscope(["analyze", bundle, "--format", "json"])
    #expect(replayed.errors.isEmpty)
    let archive = try Self.unpacked(bundle)
    for name in ["pg1", "pg2", "192.168."] {
      #expect(!replayed.output.contains(name))
      #expect(!archive.contains(name))
    }
    let title = try failscope(["analyze", "samples/\(sample.rawValue)", "--redact", "all"]).output.split(
      separator: "\n"
    )
    #expect(try failscope(["analyze", bundle]).output.split(separator: "\n").prefix(8) == title.prefix(8))
  }

  @Test("A damaged bundle is refused in one line")
  func damaged() throws {
    let scratch = try ScratchDirectory()
    let bundle = try scratch.write("", to: "case.tar.zst")
    #expect(try failscope(["bundle", failover, "-o", bundle]).status == 0)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: bundle))
    try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: bundle))
    let outcome = try failscope(["analyze", bundle])
    #expect(outcome.status == 1)
    #expect(outcome.hasOneComplaint)
  }

  /// Hours of a quiet cluster around the recorded failover.
  private static func longLog() throws -> String {
    let quiet = { (day: String) in
      (0..<6000).map { number in
        let time = String(format: "%02d:%02d:%02d", number / 600 + 11, number / 10 % 60, number % 10 * 6)
        return
          "pg2        | \(day) \(time),100 INFO: no action. I am (pg2), a secondary, and following a leader (pg1)\n"
      }.joined()
    }
    return quiet("2025-08-10") + (try Repository.text(failover))
  }

  /// Everything in a bundle, decompressed.
  private static func unpacked(_ bundle: String) throws -> String {
    String(decoding: try FileContents.decompressed(bundle), as: UTF8.self)
  }
}
