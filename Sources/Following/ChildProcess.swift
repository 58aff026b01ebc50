#if canImport(Glibc)
  @preconcurrency import Glibc
#elseif canImport(Musl)
  @preconcurrency import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that prints lines: its output comes out of a descriptor that can be polled.
///
/// It leads a process group of its own, so that a Ctrl-C in the terminal does not end it behind our back, and so that
/// what it started ends with it. Nothing here is asynchronous: whoever polls the descriptors also looks after the child.
final class ChildProcess {
  /// How a program ended.
  enum End: Sendable, Hashable {
    case exited(Int32)
    case signalled(Int32)
    /// It could not be started, in a clause.
    case notStarted(String)
  }

  /// What it prints.
  let output: Int32
  /// What it complains.
  let errors: Int32
  private let outputOwner: Descriptor
  private let errorsOwner: Descriptor
  /// The process, which is its group's leader; nil if it could not be started.
  private let id: pid_t?
  private var known: End?

  /// Starts a program; nil if there are no descriptors left.
  init?(program: String, arguments: [String]) {
    guard let output = Descriptor.pipe(), let errors = Descriptor.pipe() else { return nil }
    self.output = output.reading
    self.errors = errors.reading
    outputOwner = Descriptor(owning: output.reading)
    errorsOwner = Descriptor(owning: errors.reading)
    let started = spawn([program] + arguments, output: output.writing, errors: errors.writing)
    // The child has copies of these; as long as they are open here, no end would be read.
    close(output.writing)
    close(errors.writing)
    switch started {
    case .success(let id): self.id = id
    case .failure(let failure):
      id = nil
      known = .notStarted(String(cString: strerror(failure.number)))
    }
  }

  /// Reads what is there.
  func readOutput(upTo limit: Int) -> [UInt8]? { outputOwner.read(upTo: limit) }

  /// Reads what it complains.
  func readErrors(upTo limit: Int) -> [UInt8]? { errorsOwner.read(upTo: limit) }

  /// How it ended; nil while it runs.
  var end: End? {
    guard known == nil, let id else { return known }
    var status: Int32 = 0
    guard waitpid(id, &status, WNOHANG) == id else { return nil }
    let signal = status & 0x7F
    known = signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
    return known
  }

  /// Asks it to end, insists after two seconds, and leaves nothing behind that it has started.
  func stop() {
    guard let id else { return }
    if end == nil { killpg(id, SIGTERM) }
    wait(seconds: 2)
    killpg(id, SIGKILL)
    wait(seconds: 1)
  }

  /// Stops what has closed its output, but waits for its own end first, to learn how it came.
  func finish() {
    wait(seconds: 1)
    stop()
  }

  private func wait(seconds: Int) {
    for _ in 0..<seconds * 100 where end == nil { pause(milliseconds: 10) }
  }
}

/// An error of the system's.
private struct SystemFailure: Error {
  var number: Int32
}

/// Starts a program, found on the PATH unless it is a path, with nothing to read, with signals as they are by default.
private func spawn(_ words: [String], output: Int32, errors: Int32) -> Result<pid_t, SystemFailure> {
  #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
    var attributes: posix_spawnattr_t?
  #else
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
  #endif
  posix_spawn_file_actions_init(&actions)
  posix_spawnattr_init(&attributes)
  defer {
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
  }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_adddup2(&actions, output, 1)
  posix_spawn_file_actions_adddup2(&actions, errors, 2)
  var (none, all) = (sigset_t(), sigset_t())
  sigemptyset(&none)
  sigfillset(&all)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  posix_spawnattr_setpgroup(&attributes, 0)
  let flags = Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
  posix_spawnattr_setflags(&attributes, Int16(flags))
  var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var id: pid_t = 0
  let failure = posix_spawnp(&id, words[0], &actions, &attributes, &arguments, environ)
  return failure == 0 ? .success(id) : .failure(SystemFailure(number: failure))
}
