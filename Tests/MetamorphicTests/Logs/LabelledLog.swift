import Foundation
import TestSupport

@testable import Ingestion

/// A log of the samples, or of the corpus if it lies beside the repository.
struct LabelledLog: CustomStringConvertible, Hashable, Sendable {
  var name: String
  /// The input files, in the order in which they are analysed.
  var paths: [String]

  var description: String { name }

  /// Reads all lines, decompressed.
  func read() throws -> LogSet {
    LogSet(files: try paths.map { path in try Self.file(path) })
  }

  private static func file(_ path: String) throws -> LogFile {
    var stream = ByteStream(try FileDescriptor.open(path))
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 256 * 1024)
    while true {
      var count = 0
      try stream.fill(&block, &count)
      guard count > 0 else { break }
      bytes += block[..<count]
    }
    var name = URL(fileURLWithPath: path).lastPathComponent
    for ending in [".gz", ".zst"] where name.hasSuffix(ending) { name.removeLast(ending.count) }
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return LogFile(name: name, lines: lines)
  }
}

// MARK: - Which there are

extension LabelledLog {
  /// Whether everything is tried on everything, which takes some ten minutes; else a selection is.
  static let isFullMatrix = ProcessInfo.processInfo.environment["FAILSCOPE_FULL_MATRIX"] == "1"

  /// All of them.
  static let all: [LabelledLog] = samples + corpus

  /// Those that are short enough to be analysed many times.
  static let short: [LabelledLog] = isFullMatrix ? all : all.filter { $0.size < 140_000 }

  /// A few of different kinds, for what is tried in many variants.
  static let few: [LabelledLog] =
    isFullMatrix
    ? all
    : all.filter { log in
      [
        "samples/seed-failover", "samples/switchover", "samples/paused-cluster", "corpus/three-nodes",
        "corpus/postmaster-kill", "corpus/frozen-patroni", "corpus/haproxy-restart",
      ].contains(log.name)
    }

  /// Logs in which writes stopped once.
  static let interrupted: [LabelledLog] = all.filter { log in
    ["samples/switchover", "corpus/clean-stop", "corpus/crash-kill9-c", "corpus/postmaster-kill", "corpus/three-nodes"]
      .contains(log.name)
  }

  private static let samples = folders(Repository.root.appendingPathComponent("samples")).map { folder in
    LabelledLog(name: "samples/\(folder.lastPathComponent)", paths: names(folder).map { folder.path + "/" + $0 })
  }

  private static let corpus: [LabelledLog] = {
    let place = Repository.root.deletingLastPathComponent().appendingPathComponent("shared/corpus")
    return folders(place).compactMap { folder in
      guard let data = try? Data(contentsOf: folder.appendingPathComponent("expected.json")),
        let inputs = try? JSONDecoder().decode(Inputs.self, from: data)
      else { return nil }
      let files = inputs.input ?? ["compose.log"]
      return LabelledLog(name: "corpus/\(folder.lastPathComponent)", paths: files.map { folder.path + "/" + $0 })
    }
  }()

  private struct Inputs: Decodable {
    var input: [String]?
  }

  private var size: Int {
    paths.reduce(0) { sum, path in
      sum + ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0)
    }
  }

  private static func folders(_ place: URL) -> [URL] {
    names(place).map { place.appendingPathComponent($0) }.filter { url in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
    }
  }

  private static func names(_ folder: URL) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }
}
