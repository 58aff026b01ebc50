package import Contract
import FoundationEssentials

/// A report as `failscope analyze --format json` wrote it.
package enum ReportFile {
  /// Reads a report.
  ///
  /// Throws `ReportFileError` if the bytes are no report of a version that this program knows.
  package static func report(from bytes: [UInt8]) throws(ReportFileError) -> Report {
    struct Head: Decodable { var schema: String? }
    let data = Data(bytes)
    let decoder = JSONDecoder()
    guard let head = try? decoder.decode(Head.self, from: data) else { throw .notJSON }
    guard let schema = head.schema else { throw .noReport }
    guard schema == "failscope.report/1" else { throw .unknownSchema(schema) }
    do {
      return try decoder.decode(Report.self, from: data)
    } catch let error as DecodingError {
      throw .incomplete(Self.place(of: error))
    } catch {
      throw .incomplete("")
    }
  }

  private static func place(of error: DecodingError) -> String {
    let path: [any CodingKey] =
      switch error {
      case .keyNotFound(let key, let context): context.codingPath + [key]
      case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
        context.codingPath
      @unknown default: []
      }
    return path.map(\.stringValue).joined(separator: ".")
  }
}

/// Why a file is no report.
package enum ReportFileError: Error, CustomStringConvertible {
  case notJSON
  case noReport
  case unknownSchema(String)
  /// A key is missing or has another type; the value says which.
  case incomplete(String)

  package var description: String {
    switch self {
    case .notJSON: "is not JSON"
    case .noReport: "is JSON but no report"
    case .unknownSchema(let schema): "has the schema '\(schema)', expected 'failscope.report/1'"
    case .incomplete(let place): "is no complete report: look at '\(place)'"
    }
  }
}
