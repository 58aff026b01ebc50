import Contract
import Model

/// How a log that is not here is fetched, in the environment that the logs at hand come from.
struct LogAccess {
  private let observations: Observations
  /// The minutes that are asked for.
  private let span: Window

  /// Asks for the incidents' minutes and five more on either side, or for those of the log.
  init(observations: Observations, incidents: [IncidentFacts]) {
    self.observations = observations
    let from = incidents.map(\.start).min() ?? observations.firstAt
    let to = incidents.map { $0.end ?? observations.lastAt }.max() ?? observations.lastAt
    span = Window(from: from.advanced(bySeconds: -300), to: to.advanced(bySeconds: 300))
  }

  /// The command that fetches a component's log; `name` is its member, or the node, container or service it runs on.
  func command(for name: String?, component: String) -> String {
    let place = name.map { placeName($0) } ?? "NAME"
    let since = seconds(span.from)
    let until = seconds(span.to ?? observations.lastAt)
    switch framing(of: name) {
    case .compose, .composeTimestamps:
      return "docker compose logs --timestamps --since \(since) --until \(until) \(place)"
    case .dockerTimestamps, .dockerJSON:
      return "docker logs --timestamps --since \(since) --until \(until) \(place)"
    case .kubectl, .stern, .cri:
      return "kubectl logs --timestamps --all-containers --since-time=\(since) \(place)"
    case .svlogd:
      return "cat /var/log/gitlab/\(component)/@* /var/log/gitlab/\(component)/current  # on \(place)"
    case .plain, .journaldShort, .journaldISO, .journaldJSON, .journaldExport, .syslogRFC3164, .syslogRFC5424:
      return "journalctl --unit \(component) --output short-iso-precise --since '\(readable(since))'"
        + " --until '\(readable(until))'  # on \(place)" + (file(like: component).map { ", or \($0)" } ?? "")
    }
  }

  // MARK: - Details

  /// The framing of the member's own source, else that of most sources of members.
  private func framing(of name: String?) -> Framing {
    let own = name.flatMap { observations.directory.source(of: $0) ?? observations.directory.sharedSource(of: $0) }
    let others = observations.directory.members.compactMap { observations.directory.source(of: $0) }
    let sources = [own].compactMap { $0 } + others + observations.sources.indices.map { SourceID($0) }
    return sources.first { $0.index < observations.sources.count }.map { observations.sources[$0.index].framing }
      ?? .plain
  }

  /// A container's or pod's name where the member has one of its own.
  private func placeName(_ name: String) -> String {
    let source = observations.directory.source(of: name).map { observations.sources[$0.index] }
    let printed = source.flatMap { $0.isNamedByPrefix ? $0.name : nil } ?? name
    return Self.isPlainWord(printed) ? printed : "NAME"
  }

  /// The file in which the same component of another node is, if its path says more than a name.
  private func file(like component: String) -> String? {
    let paths = observations.sources.filter { $0.path.hasPrefix("/var/log/") && $0.path.contains(component) }.map(
      \.path
    )
    return paths.first { path in path.split(separator: "/").allSatisfy { Self.isPlainWord(String($0)) } }
  }

  /// Names come from logs; what a shell could take for more than a word is left out.
  private static func isPlainWord(_ word: String) -> Bool {
    !word.isEmpty && word.first != "-" && word.utf8.count <= 128
      && word.utf8.allSatisfy { byte in
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x2D || byte == 0x2E || byte == 0x5F
      }
  }

  /// RFC 3339 in whole seconds.
  private func seconds(_ instant: Instant) -> String {
    String(instant.rfc3339.prefix(19)) + "Z"
  }

  /// As journalctl takes it.
  private func readable(_ time: String) -> String {
    time.replacing("T", with: " ").replacing("Z", with: " UTC")
  }
}
