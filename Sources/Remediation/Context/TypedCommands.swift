import Correlation
import Model

/// How people ran `patronictl` in this log.
struct TypedCommands {
  /// What stood before `patronictl`.
  enum Style: Hashable {
    case container
    case composeService
    case pod
  }

  /// The argument of `-c` or `--config-file`, the last one typed.
  let configurationFile: String?
  /// Nil where nobody typed a command, or typed it on the host.
  let style: Style?

  init(observations: Observations) {
    self.init(commands: observations.occurrences.of(.operatorCommand).map(\.text))
  }

  init(commands: [String]) {
    let lines = commands.map(Self.words)
    configurationFile = lines.compactMap(Self.configurationFile).last
    style = lines.compactMap(Self.style).last
  }

  private static let longestCommand = 4096

  private static func words(of command: String) -> [Substring] {
    command.prefix(longestCommand).split { $0 == " " || $0 == "\t" }
  }

  private static func configurationFile(in words: [Substring]) -> String? {
    for (word, next) in zip(words, words.dropFirst().map(Optional.some) + [nil]) {
      if word == "-c" || word == "--config-file", let next { return path(next) }
      if word.hasPrefix("--config-file=") { return path(word.dropFirst("--config-file=".count)) }
    }
    return nil
  }

  private static func path(_ word: Substring) -> String? {
    let bare = word.filter { $0 != "\"" && $0 != "'" }
    return bare.contains("/") || bare.hasSuffix(".yml") || bare.hasSuffix(".yaml") ? String(bare) : nil
  }

  private static func style(in words: [Substring]) -> Style? {
    guard let verb = words.firstIndex(of: "exec"), verb > 0 else { return nil }
    switch words[verb - 1] {
    case "docker", "podman", "nerdctl": return .container
    case "compose", "docker-compose": return .composeService
    case "kubectl", "oc": return .pod
    default: return nil
    }
  }
}

extension Runtime {
  /// What a member runs in, told by what stands around its lines.
  init(source: String, framing: Framing, member: String, style: TypedCommands.Style? = nil) {
    switch framing {
    case .compose, .composeTimestamps, .dockerTimestamps, .dockerJSON:
      if style == .composeService {
        self = .composeService(Self.service(source))
      } else if source != member, Self.service(source) != source {
        self = .composeService(Self.service(source))
      } else {
        self = .container(source)
      }
    case .kubectl, .stern, .cri:
      self = .pod(source)
    case .plain, .journaldShort, .journaldISO, .journaldJSON, .journaldExport, .syslogRFC3164, .syslogRFC5424, .svlogd:
      switch style {
      case .container: self = .container(member)
      case .composeService: self = .composeService(member)
      case .pod: self = .pod(member)
      case nil: self = .host(member)
      }
    }
  }

  /// The service of a container that compose numbered: `pg1` for `pg1-1` and `pg1_1`.
  private static func service(_ container: String) -> String {
    guard let mark = container.lastIndex(where: { $0 == "-" || $0 == "_" }) else { return container }
    let number = container[container.index(after: mark)...]
    guard !number.isEmpty, number.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return container }
    return String(container[..<mark])
  }
}
