/// Which files are read, in which order, and what the lines in them are called.
package struct InputPlan: Sendable {
  /// One input: a file, standard input, or the pieces of a rotated log.
  package struct Input: Hashable, Sendable {
    /// Who the lines are where they do not say it themselves.
    package var identity: InputIdentity
    /// The files in time order; `-` is standard input.
    package var files: [String]
  }

  /// The inputs in reading order.
  package private(set) var inputs: [Input] = []
  /// What cannot be read, and why.
  package private(set) var diagnostics: [InputDiagnostic] = []
  /// Whether so much is to be read, as far as can be told, that a second thread is worth its start.
  package var isLarge: Bool {
    inputs.contains { input in
      input.files.contains { $0 == "-" } || input.files.reduce(0) { $0 + FileStatus.size(of: $1) } >= Self.largeSize
    }
  }

  private static let largeSize = 4 << 20

  /// Resolves paths as given on the command line: files, folders, and `-` for standard input.
  ///
  /// Pieces of a rotated log become one input, whatever their order here. Inputs with a time in them are read in the
  /// order of their first times, so that the order of the arguments does not matter; the others keep their places.
  /// A copy of another file is left out.
  ///
  /// - Parameters:
  ///   - paths: files, folders, and `-`.
  ///   - awaitsMissing: whether a file that does not exist yet is an input all the same: somebody will follow it.
  package init(paths: [String], awaitsMissing: Bool = false) {
    var files: [PlannedFile] = []
    var seen: Set<FileStatus> = []
    for path in paths {
      if awaitsMissing, FileStatus.isMissing(path) {
        files.append(PlannedFile(path: path, head: nil))
      } else {
        Self.collect(path, &files, &seen, &diagnostics)
      }
    }
    let twins = FileTwins(files)
    diagnostics += twins.diagnostics
    let groups = FileGroup.groups(of: twins.originals)
    let nodes = FileGroup.foldersOfNodes(groups)
    for (index, group) in FileGroup.ordered(groups).enumerated() {
      let name = group.sourceName(isFolderTelling: nodes.contains(group.name.folder))
      let path = group.files.first?.path ?? "-"
      let identity = InputIdentity(path: path, index: index, name: name.name, program: name.program)
      inputs.append(Input(identity: identity, files: group.files.map(\.path)))
    }
  }

  private static func collect(
    _ path: String,
    _ files: inout [PlannedFile],
    _ seen: inout Set<FileStatus>,
    _ diagnostics: inout [InputDiagnostic]
  ) {
    if path == "-" {
      if !files.contains(where: { $0.path == "-" }) { files.append(PlannedFile(path: path, head: nil)) }
      return
    }
    do throws(FileError) {
      let status = try FileStatus(path: path)
      guard status.kind != .folder else {
        let walk = FolderWalk(path)
        diagnostics += walk.diagnostics
        for file in walk.files { collect(file, &files, &seen, &diagnostics) }
        return
      }
      // The same file through two paths would say everything twice.
      guard seen.insert(status).inserted else { return }
      guard status.kind == .regular else {
        files.append(PlannedFile(path: path, head: nil))
        return
      }
      let head = try FileHead(path: path)
      if let complaint = head.kind.complaint(path) {
        diagnostics.append(complaint)
      } else {
        files.append(PlannedFile(path: path, head: head))
      }
    } catch {
      diagnostics.append(InputDiagnostic(path: path, reason: error.reason, help: error.help))
    }
  }
}
