/// Where a report goes.
enum Destination {
  case standardOutput
  case file(String)

  /// The file of `--output`; nothing or `-` is standard output.
  init(path: String?) {
    switch path {
    case nil, "-": self = .standardOutput
    case let path?: self = .file(path)
    }
  }

  var display: Display {
    switch self {
    case .standardOutput: .standardOutput
    case .file: .file
    }
  }

  /// Writes the report.
  ///
  /// Throws `ReaderGone` or `Failure`.
  func write(_ text: String) throws {
    switch self {
    case .standardOutput: try StandardOutput.write(text)
    case .file(let path):
      do {
        try System.replaceFile(path, with: Array(text.utf8))
      } catch {
        throw Failure("\(path): \(error); name a file with --output that can be written.")
      }
    }
  }
}
