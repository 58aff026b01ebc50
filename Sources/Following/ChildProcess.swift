import Subprocess
import Synchronization
import SystemPackage

/// A program that prints lines: its output comes out of a descriptor that can be polled.
///
/// It has a process group of its own, so that a Ctrl-C in the terminal does not end it behind our back, and so that
/// what it started ends with it.
final class ChildProcess: Sendable {
  /// How a program ended.
  enum End: Sendable, Hashable {
    case exited(Int32)
    case signalled(Int32)
    /// It could not be started, in a sentence.
    case notStarted(String)
  }

  /// What it prints.
  let output: Int32
  /// What it complains.
  let errors: Int32
  private let outputOwner: Descriptor
  private let errorsOwner: Descriptor
  private let ending: Ending
  private let task: Task<Void, Never>

  /// Starts a program; nil if there are no descriptors left.
  init?(program: String, arguments: [String]) {
    guard let output = Descriptor.pipe(), let errors = Descriptor.pipe() else { return nil }
    self.output = output.reading
    self.errors = errors.reading
    outputOwner = Descriptor(owning: output.reading)
    errorsOwner = Descriptor(owning: errors.reading)
    let ending = Ending()
    self.ending = ending
    task = Task {
      ending.note(await Self.run(program, arguments, output: output.writing, errors: errors.writing))
    }
  }

  /// How it ended; nil while it runs.
  var end: End? { ending.end }

  /// Asks it to end, insists after two seconds, and waits for that.
  func stop() {
    task.cancel()
    ending.wait()
  }

  /// Reads what is there.
  func readOutput(upTo limit: Int) -> [UInt8]? { outputOwner.read(upTo: limit) }

  /// Reads what it complains.
  func readErrors(upTo limit: Int) -> [UInt8]? { errorsOwner.read(upTo: limit) }

  private static func run(_ program: String, _ arguments: [String], output: Int32, errors: Int32) async -> End {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2))]
    do {
      let result = try await Subprocess.run(
        program.contains("/") ? .path(FilePath(program)) : .name(program),
        arguments: Arguments(arguments),
        platformOptions: options,
        input: .none,
        output: .fileDescriptor(FileDescriptor(rawValue: output), closeAfterSpawningProcess: true),
        error: .fileDescriptor(FileDescriptor(rawValue: errors), closeAfterSpawningProcess: true)
      )
      switch result.terminationStatus {
      case .exited(let code): return .exited(code)
      case .signaled(let signal): return .signalled(signal)
      }
    } catch {
      return .notStarted("\(error)")
    }
  }
}

/// Where the end of a program is noted and waited for.
private final class Ending: Sendable {
  private let state = Mutex<ChildProcess.End?>(nil)

  var end: ChildProcess.End? { state.withLock { $0 } }

  func note(_ end: ChildProcess.End) { state.withLock { $0 = end } }

  /// Waits until the end is noted, four seconds at most.
  func wait() {
    for _ in 0..<400 where end == nil { pause(milliseconds: 10) }
  }
}
