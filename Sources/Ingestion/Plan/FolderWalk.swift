/// Finds the logs in a folder and the folders in it.
struct FolderWalk {
  /// The logs found, in the order of their names.
  private(set) var files: [String] = []
  private(set) var diagnostics: [InputDiagnostic] = []

  /// Deeper folders are not looked at, and no more files than this are taken.
  private static let deepest = 16
  private static let mostFiles = 10_000

  init(_ path: String) {
    var folder = path
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    walk(folder, depth: 0)
    if files.isEmpty, diagnostics.isEmpty {
      diagnostics.append(
        InputDiagnostic(path: path, reason: "no log files in this folder", help: "give the log files themselves")
      )
    }
  }

  private mutating func walk(_ folder: String, depth: Int) {
    do throws(FileError) {
      for name in try FileStatus.names(inFolder: folder) {
        guard files.count < Self.mostFiles else { return }
        try visit(folder == "/" ? "/\(name)" : "\(folder)/\(name)", depth: depth)
      }
    } catch {
      diagnostics.append(InputDiagnostic(path: folder, reason: error.reason, help: error.help))
    }
  }

  private mutating func visit(_ path: String, depth: Int) throws(FileError) {
    guard let status = Self.status(path) else { return }
    switch status.kind {
    case .stream: return
    case .folder:
      // A link to a folder could lead back here.
      if depth < Self.deepest, !FileStatus.isLink(path) { walk(path, depth: depth + 1) }
    case .regular:
      if looksLikeLog(path) { files.append(path) }
    }
  }

  /// A dangling link is no input.
  private static func status(_ path: String) -> FileStatus? {
    do {
      return try FileStatus(path: path)
    } catch {
      return nil
    }
  }

  /// Whether name and content are those of a log; what cannot be read is kept, so that it is complained about.
  private func looksLikeLog(_ path: String) -> Bool {
    let name = LogFileName(path: path)
    let ending = name.stem.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last ?? ""
    if Self.otherEndings.contains(ending.lowercased()) { return false }
    do {
      let head = try FileHead(path: path)
      guard head.kind == .text || head.kind == .utf16 else { return false }
      // Without an ending that logs have, only times tell a log from settings, keys and licences beside it.
      if name.suffix.isEmpty { return head.firstStamp != nil }
      return name.suffix != "json" || head.beginsWithJSONLine
    } catch {
      return true
    }
  }

  /// Files that lie beside logs without being any.
  private static let otherEndings: Set<String> = [
    "md", "yml", "yaml", "html", "htm", "xml", "py", "sh", "sql", "conf", "cfg", "ini", "toml", "swift", "c", "h", "go",
    "js", "css", "rst", "tf", "j2", "env", "pid", "lock", "crt", "pem", "key", "bak", "swp", "service", "history",
  ]
}
