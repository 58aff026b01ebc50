package import Model

/// A server taken in or out by a proxy.
package struct ProxyTransition: Hashable, Sendable {
  package var backend: String
  package var server: String
  package var member: String?
  package var isUp: Bool
  package var by: Occurrence
  package var at: Instant { by.at }
}

/// How the proxies routed.
package struct ProxyHistory: Sendable {
  /// Each change once, although HAProxy may print it to standard error and to syslog.
  package let transitions: [ProxyTransition]
  /// Spans in which a backend for writes had no server, with the line that says so.
  package let withoutServer: [(window: Window, backend: String, by: Occurrence)]
  /// Starts of a proxy process.
  package let starts: [Occurrence]
  package let stops: [Occurrence]
  /// Backends that serve only reads.
  package let readBackends: Set<String>

  package init(_ occurrences: Occurrences, directory: MemberDirectory) {
    var transitions: [ProxyTransition] = []
    for occurrence in occurrences.list(of: .proxyServerUp, .proxyServerDown) {
      guard let backend = occurrence[.backend], let server = occurrence[.server] else { continue }
      let transition = ProxyTransition(
        backend: backend,
        server: server,
        member: directory.canonical("\(backend)/\(server)") ?? directory.canonical(server),
        isUp: occurrence.kind == .proxyServerUp,
        by: occurrence
      )
      Self.append(transition, to: &transitions)
    }
    self.transitions = transitions
    let readBackends = Set(transitions.map(\.backend)).filter(Self.isForReads)
    self.readBackends = readBackends
    withoutServer = Self.spansWithoutServer(occurrences, transitions: transitions, readBackends: readBackends)
    starts = occurrences.of(.proxyStarting)
    stops = occurrences.of(.proxyStopping, .proxyWorkerDied)
  }

  /// The first time in the window that a write backend takes a member in.
  package func firstUp(of member: String, in window: Window) -> ProxyTransition? {
    first(of: member, isUp: true, in: window)
  }

  /// The first time in the window that a write backend takes a member out.
  package func firstDown(of member: String, in window: Window) -> ProxyTransition? {
    first(of: member, isUp: false, in: window)
  }

  /// The changes in a window.
  package func transitions(in window: Window) -> [ProxyTransition] {
    var found: [ProxyTransition] = []
    for transition in transitions.since(window.from) {
      if let end = window.to, transition.at.seconds(since: end) > Self.disorder { break }
      if window.contains(transition.at) { found.append(transition) }
    }
    return found
  }

  private func first(of member: String, isUp: Bool, in window: Window) -> ProxyTransition? {
    for transition in transitions.since(window.from) {
      if let end = window.to, transition.at.seconds(since: end) > Self.disorder { return nil }
      guard transition.isUp == isUp, transition.member == member, window.contains(transition.at) else { continue }
      if !readBackends.contains(transition.backend) { return transition }
    }
    return nil
  }

  /// Whether a write backend had the member in at an instant; nil if no line up to then tells.
  package func isUp(_ member: String, at instant: Instant) -> Bool? {
    let later = transitions.partition { $0.at.seconds(since: instant) > Self.disorder }
    return transitions[..<later].last {
      $0.member == member && !readBackends.contains($0.backend) && $0.at <= instant
    }?.isUp
  }

  /// A transition told twice has the time of the second print, so that it may stand this far before its place in time,
  /// in seconds.
  fileprivate static let disorder = 2.0

  /// The same change printed twice within two seconds is one; the print that carries a time of its own is kept.
  private static func append(_ transition: ProxyTransition, to transitions: inout [ProxyTransition]) {
    let twin = transitions.since(transition.at.advanced(bySeconds: -2)).lastIndex {
      $0.backend == transition.backend && $0.server == transition.server
        && transition.at.seconds(since: $0.at) <= 2
    }
    guard let twin, transitions[twin].isUp == transition.isUp else { return transitions.append(transition) }
    if !transitions[twin].by.hasOwnTime, transition.by.hasOwnTime {
      transitions[twin] = transition
    }
  }

  /// A backend whose name says that replicas serve it.
  private static func isForReads(_ backend: String) -> Bool {
    let words = backend.lowercased().split { !$0.isLetter }
    return words.contains {
      [
        "replica", "replicas", "read", "reads", "ro", "standby", "standbys", "readonly", "slave", "slaves", "secondary",
        "secondaries",
      ].contains($0)
    }
  }

  private static func spansWithoutServer(
    _ occurrences: Occurrences,
    transitions: [ProxyTransition],
    readBackends: Set<String>
  ) -> [(window: Window, backend: String, by: Occurrence)] {
    var spans: [(window: Window, backend: String, by: Occurrence)] = []
    for occurrence in occurrences.of(.proxyNoServer, .proxyServerDown) {
      guard let backend = occurrence.fields[.backend], !readBackends.contains(backend), !isForReads(backend) else {
        continue
      }
      if occurrence.kind == .proxyServerDown {
        guard occurrence.fields.integer(.active) == 0, (occurrence.fields.integer(.backup) ?? 0) == 0 else { continue }
      }
      if let last = spans.lastIndex(where: { $0.backend == backend }),
        spans[last].window.widened(bySeconds: 2).contains(occurrence.at)
      {
        if !spans[last].by.hasOwnTime, occurrence.hasOwnTime {
          spans[last].window.from = occurrence.at
          spans[last].by = occurrence
        }
        continue
      }
      let up = transitions.since(occurrence.at).first { $0.isUp && $0.backend == backend && $0.at >= occurrence.at }
      spans.append((Window(from: occurrence.at, to: up?.at), backend, occurrence))
    }
    return spans
  }
}

extension [ProxyTransition] {
  /// The transitions from an instant on, and maybe some that come a little before it.
  fileprivate func since(_ instant: Instant) -> ArraySlice<ProxyTransition> {
    let start = instant.advanced(bySeconds: -2 * ProxyHistory.disorder)
    return self[partition { $0.at >= start }...]
  }
}
