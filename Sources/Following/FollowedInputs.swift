package import Ingestion

/// All inputs of a live run: what to wait for, and what has come.
package struct FollowedInputs: ~Copyable {
  /// What was read from which input.
  package struct Arrival: Sendable, Hashable {
    /// The input's index, from 0.
    package var input: Int
    package var event: FollowerEvent
  }

  /// What the inputs are called, at their indices.
  package private(set) var identities: [InputIdentity] = []
  /// Whether nothing will follow from any input.
  package private(set) var isFinished = false

  private var pipe: (follower: StandardInputFollower, input: Int)?
  private var compose: ComposeFollower?
  private let files: FileSet

  /// Files are looked at so often, in seconds.
  package static let fileInterval = 0.1

  /// Follows standard input and files.
  ///
  /// - Parameters:
  ///   - plan: the inputs in reading order; of several pieces of a rotated log the last one is followed.
  ///   - start: where to begin in files that exist.
  package init(plan: InputPlan, start: FileFollower.Start) {
    identities = plan.inputs.map(\.identity)
    compose = nil
    let piped = plan.inputs.firstIndex { $0.files == ["-"] }
    pipe = piped.map { (StandardInputFollower(), $0) }
    files = FileSet(plan.inputs.enumerated().filter { $0.offset != piped }.map { ($0.offset, $0.element.files) }, start)
  }

  /// Follows `docker compose logs`.
  package init(compose command: ComposeFollower.Command) {
    identities = [InputIdentity(path: "docker compose logs", index: 0, name: "compose")]
    compose = ComposeFollower(command)
    pipe = nil
    files = FileSet([], .beginning)
  }

  /// The descriptors to wait for.
  package var descriptors: [Int32] {
    (pipe?.follower.descriptors ?? []) + (compose?.descriptors ?? [])
  }

  /// When to read even if no descriptor has anything, in seconds from now; nil if that is never needed.
  package var interval: Double? { compose != nil || !files.isEmpty ? Self.fileInterval : nil }

  /// Reads what has come, a block of each input at most.
  ///
  /// - Parameters:
  ///   - ready: the descriptors that have something.
  ///   - uptime: seconds on a clock that never jumps.
  /// - Returns: what has come, in order.
  package mutating func read(ready: Set<Int32>, uptime: Double) -> [Arrival] {
    var arrivals: [Arrival] = []
    if let input = pipe?.input, ready.contains(StandardInputFollower.descriptor), let events = pipe?.follower.read() {
      arrivals += events.map { Arrival(input: input, event: $0) }
    }
    if let events = compose?.read(ready: ready, uptime: uptime) {
      arrivals += events.map { Arrival(input: 0, event: $0) }
    }
    arrivals += files.read()
    if arrivals.contains(where: { $0.event == .finished }) { isFinished = files.isEmpty }
    return arrivals
  }

  /// Ends what was started.
  package mutating func stop() {
    compose?.stop()
  }
}

/// The files that are followed; each is the work of one follower.
private final class FileSet {
  private final class Entry {
    let input: Int
    /// Earlier pieces of the log, which are read first.
    var pieces: [String]
    let last: String
    var follower: FileFollower
    let start: FileFollower.Start

    init(input: Int, files: [String], start: FileFollower.Start) {
      self.input = input
      self.start = start
      last = files.last ?? ""
      // Only who wants everything wants what was rotated away.
      pieces = start == .beginning ? Array(files) : [last]
      follower = FileFollower(path: pieces.first ?? last, start: start)
      pieces.removeFirst()
    }

    func read() -> [FollowerEvent] {
      let events = follower.read()
      guard !pieces.isEmpty, !events.contains(where: { if case .bytes = $0 { true } else { false } }) else {
        return events
      }
      follower = FileFollower(path: pieces.removeFirst(), start: start)
      return [.fileEnded]
    }
  }

  private let entries: [Entry]

  init(_ inputs: [(Int, [String])], _ start: FileFollower.Start) {
    entries = inputs.map { Entry(input: $0.0, files: $0.1, start: start) }
  }

  var isEmpty: Bool { entries.isEmpty }

  func read() -> [FollowedInputs.Arrival] {
    entries.flatMap { entry in
      entry.read().map { FollowedInputs.Arrival(input: entry.input, event: $0) }
    }
  }
}
