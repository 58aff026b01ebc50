package import Contract
import FoundationEssentials
import Reporting

/// An incident to hand on: its lines, the report on them, and what is needed to come to the same report again.
package struct CaseBundle: Hashable, Sendable {
  /// A log with empty lines in the place of those that were left out.
  package struct Log: Hashable, Sendable {
    package var name: String
    package var bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  package var manifest: CaseManifest
  package var report: Report
  package var logs: [Log]

  package init(manifest: CaseManifest, report: Report, logs: [Log]) {
    self.manifest = manifest
    self.report = report
    self.logs = logs
  }

  private static let folder = "failscope-bundle/"
  private static let manifestName = folder + "manifest.json"
  private static let reportName = folder + "report.json"
  private static let logFolder = folder + "logs/"

  /// Whether decompressed bytes are the beginning of a bundle, and not of another archive.
  package static func begins(with head: [UInt8]) -> Bool {
    head.count >= 262 && head[257..<262].elementsEqual("ustar".utf8) && head.starts(with: manifestName.utf8)
  }

  /// The bundle as a compressed archive: the same bundle gives the same bytes.
  ///
  /// Throws `CaseError`.
  package func archived() throws(CaseError) -> [UInt8] {
    do {
      var entries = [
        TarArchive.Entry(name: Self.manifestName, bytes: Array(try JSONValue(encoding: manifest).text.utf8)),
        TarArchive.Entry(name: Self.reportName, bytes: Array(try json(report).utf8)),
      ]
      entries += logs.map { TarArchive.Entry(name: Self.logFolder + $0.name, bytes: $0.bytes) }
      guard let bytes = Zstandard.compressed(try TarArchive(entries: entries).bytes()) else {
        throw CaseError.compression
      }
      return bytes
    } catch let error as TarError {
      throw .archive(error)
    } catch let error as CaseError {
      throw error
    } catch {
      throw .content("report.json")
    }
  }

  /// Reads a bundle from its decompressed bytes.
  ///
  /// Throws `CaseError` if it is damaged, of another version, or names logs that it does not hold.
  package init(archive bytes: [UInt8]) throws(CaseError) {
    let archive: TarArchive
    do {
      archive = try TarArchive(bytes: bytes)
    } catch {
      throw .archive(error)
    }
    manifest = try Self.value(CaseManifest.self, Self.manifestName, in: archive)
    guard manifest.schema == CaseManifest.schema else { throw .version(manifest.schema) }
    report = try Self.value(Report.self, Self.reportName, in: archive)
    logs = []
    for name in manifest.logs {
      guard let entry = archive.entries.first(where: { $0.name == Self.logFolder + name }) else { throw .content(name) }
      logs.append(Log(name: name, bytes: entry.bytes))
    }
  }

  private static func value<Value: Decodable>(
    _ type: Value.Type,
    _ name: String,
    in archive: TarArchive
  ) throws(CaseError) -> Value {
    guard let entry = archive.entries.first(where: { $0.name == name }) else { throw .content(name) }
    do {
      return try JSONDecoder().decode(type, from: Data(entry.bytes))
    } catch {
      throw .content(name)
    }
  }
}

/// Why a bundle cannot be written or read.
package enum CaseError: Error, Hashable, CustomStringConvertible {
  case archive(TarError)
  case compression
  /// The schema that it has instead.
  case version(String)
  /// A file that is missing in it or unreadable.
  case content(String)

  package var description: String {
    switch self {
    case .archive(let error): error.description
    case .compression: "it cannot be compressed"
    case .version(let schema): "it has the form '\(schema)', this failscope reads '\(CaseManifest.schema)'"
    case .content(let name): "'\(name)' in it is missing or damaged"
    }
  }
}
