import Reporting

/// Keeps a JSON and a Markdown file for each incident in a directory, each whole at any moment.
package struct ReportDirectory: Sendable {
  private let path: String
  private let replaceFile: @Sendable (String, [UInt8]) throws -> Void

  /// - Parameters:
  ///   - path: the directory, which must exist.
  ///   - replaceFile: puts bytes into a file so that nobody ever sees half of them.
  package init(path: String, replaceFile: @escaping @Sendable (String, [UInt8]) throws -> Void) {
    self.path = path
    self.replaceFile = replaceFile
  }

  /// Writes both files of an incident.
  package func write(_ delivered: Delivered) async -> Courier.Outcome {
    do {
      let name = path + "/" + Self.fileName(delivered.id)
      try replaceFile(name + ".json", Array(try json(delivered.report).utf8))
      try replaceFile(name + ".md", Array(markdown(delivered.report).utf8))
      return .delivered
    } catch {
      return .failed("the files of \(delivered.id) cannot be written: \(error)")
    }
  }

  /// An id is made of letters, digits, `_` and `-`; nothing else gets into a path.
  static func fileName(_ id: String) -> String {
    String(id.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") ? $0 : "-" })
  }
}
