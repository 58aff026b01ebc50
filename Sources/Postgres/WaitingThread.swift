import Dispatch

/// Runs an actor's jobs on a queue of its own, whose thread may wait for a socket.
///
/// The threads that Swift's tasks share must never wait; this one is none of them.
final class WaitingThread: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) {
    queue = DispatchQueue(label: label)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
