package import Model

/// Reads all inputs of a plan, one after another, in batches of lines.
///
///     var reader = LineReader(plan: InputPlan(paths: ["-"]))
///     while let batch = reader.next() { … }
///
/// Memory is bounded by a block, whatever the size of the inputs. Let go of a batch before asking for the next one:
/// then its buffer is used again instead of being copied.
package struct LineReader: ~Copyable {
  /// Sources, programs and the count of lines, growing as lines are read.
  package private(set) var table = SourceTable()
  /// What could not be read: the plan's diagnostics, and what came up since.
  package private(set) var diagnostics: [InputDiagnostic]
  /// Decompressed bytes read so far.
  package private(set) var bytesRead = 0
  /// Where each file's lines begin, in reading order.
  package private(set) var segments: [FileSegment] = []

  private let inputs: [InputPlan.Input]
  private var inputIndex = 0
  private var fileIndex = 0
  private var scanner: InputScanner?
  private var stream: ByteStream?
  private var hasCheckedContent = false

  package init(plan: InputPlan) {
    inputs = plan.inputs
    diagnostics = plan.diagnostics
    scanner = nil
    stream = nil
  }

  /// The streams of lines met so far.
  package var sources: [Source] { table.sources }

  /// Lines delivered so far.
  package var linesRead: Int { table.nextArrival }

  /// The file that the line with this arrival ordinal was read from; nil before the first line.
  package func path(ofArrival arrival: Int) -> String? {
    segments.last { $0.firstArrival <= arrival }?.path
  }

  /// The next lines, or nil at the end of all inputs.
  ///
  /// What cannot be read becomes a diagnostic.
  package mutating func next() -> LineBatch? {
    while inputIndex < inputs.count {
      if stream == nil, let batch = openNext() { return batch }
      guard stream != nil else { continue }
      if readBlock() {
        if let batch = scanner?.take(into: &table) { return batch }
      } else if let batch = closeFile() {
        return batch
      }
    }
    return nil
  }

  /// Remembers how lines begin that are noise: those of the current input are counted from now on, see `NoiseRun`.
  package mutating func learn(_ lessons: [NoiseLesson]) {
    for lesson in lessons { scanner?.learn(lesson) }
  }

  /// Goes on in another buffer, which may be empty, so that the last batch can be kept without being copied.
  package mutating func move(to spare: consuming [UInt8]) {
    scanner?.move(to: spare)
  }

  /// Opens the next file of the input, or ends the input and gives out what is left of it.
  private mutating func openNext() -> LineBatch? {
    let input = inputs[inputIndex]
    guard fileIndex < input.files.count else {
      let rest = scanner?.finish(into: &table)
      scanner = nil
      inputIndex += 1
      fileIndex = 0
      return rest
    }
    if scanner == nil { scanner = InputScanner(input: input.identity) }
    let path = input.files[fileIndex]
    fileIndex += 1
    hasCheckedContent = false
    do throws(FileError) {
      let file = path == "-" ? .standardInput : try FileDescriptor.open(path)
      if path == "-" { file.enlargePipe() }
      stream = ByteStream(file)
      segments.append(FileSegment(path: path, firstArrival: table.nextArrival))
    } catch {
      diagnostics.append(InputDiagnostic(path: path, reason: error.reason, help: error.help))
    }
    return nil
  }

  private mutating func closeFile() -> LineBatch? {
    stream = nil
    let batch = scanner?.finishFile(into: &table)
    if let complaint = scanner?.complaintAboutLines(path: currentPath), !diagnostics.contains(complaint) {
      diagnostics.append(complaint)
    }
    return batch
  }

  private var currentPath: String { segments.last?.path ?? "-" }
}

/// From which arrival ordinal on the lines come from which file.
package struct FileSegment: Hashable, Sendable {
  /// The file as given, or as found in a folder.
  package var path: String
  /// The arrival ordinal of its first line.
  package var firstArrival: Int
}

// MARK: - Blocks

extension LineReader {
  /// Reads a block; false at the end of the file, also where it broke off or is no text.
  private mutating func readBlock() -> Bool {
    var fault: ByteStream.Fault?
    let count = fillBlock(&fault)
    if let fault { complain(fault) }
    bytesRead += count
    guard !hasCheckedContent, count > 0 else { return count > 0 }
    hasCheckedContent = true
    guard let complaint = scanner?.complaintAboutContent(path: currentPath) else { return true }
    diagnostics.append(complaint)
    scanner?.dropUnrouted()
    return false
  }

  private mutating func fillBlock(_ fault: inout ByteStream.Fault?) -> Int {
    guard var stream = self.stream.take() else { return 0 }
    var failure: ByteStream.Fault?
    let count =
      scanner?.fill { buffer in
        do throws(ByteStream.Fault) {
          return try stream.read(into: buffer)
        } catch {
          failure = error
          return 0
        }
      } ?? 0
    self.stream = consume stream
    fault = failure
    return count
  }

  private mutating func complain(_ fault: ByteStream.Fault) {
    let path = currentPath
    switch fault {
    case .file(let error):
      diagnostics.append(InputDiagnostic(path: path, reason: error.reason, help: error.help))
    case .damaged(let format):
      diagnostics.append(
        InputDiagnostic(
          path: path,
          reason: "the \(format) data is damaged; what came before is analysed",
          help: "copy the file again"
        )
      )
    case .truncated(let format):
      diagnostics.append(
        InputDiagnostic(
          path: path,
          reason: "the \(format) data ends too early; what came before is analysed",
          help: "copy the file again, or wait until it is written"
        )
      )
    }
  }
}
