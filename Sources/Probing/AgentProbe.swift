package import Checking
import WebClient

/// Where a Patroni answers: a URL, and its place for people.
package struct AgentAddress: Hashable, Sendable {
  let url: String
  /// The member's name, if the user gave it.
  let name: String?
  package let place: Place

  /// Reads `http://pg1:8008` or `pg1:8008`, with `NAME=` in front if need be; nil if it is none, or if there is more to it.
  package init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let address = parts.last.map(String.init) ?? ""
    name = parts.count > 1 ? String(parts[0]) : nil
    let url = address.contains("://") ? address : "http://\(address)"
    let base = url.hasSuffix("/") ? String(url.dropLast()) : url
    let isWeb = base.hasPrefix("http://") || base.hasPrefix("https://")
    let isPlain = base.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 0x20 && $0.value < 0x7F }
    guard isWeb, isPlain, !base.contains("?"), !base.contains("#"), name.map(Self.isName) ?? true,
      let place = PatroniReader.place(ofURL: base)
    else {
      return nil
    }
    self.url = base
    self.place = place
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && !text.contains { $0 == ":" || $0 == "/" || $0 == "?" || $0 == "@" }
  }
}

/// Whom to believe over HTTPS, as in the section `ctl` of Patroni's configuration.
package struct Trust: Hashable, Sendable {
  /// Certificates of authorities, in a file; nil for those of the machine.
  package var authorities: String?
  /// The certificate and the key to show.
  package var certificate: String?
  package var key: String?
  /// Whether to believe anybody.
  package var isBlind: Bool

  package init(authorities: String? = nil, certificate: String? = nil, key: String? = nil, isBlind: Bool = false) {
    self.authorities = authorities
    self.certificate = certificate
    self.key = key
    self.isBlind = isBlind
  }
}

/// Asks one Patroni.
struct AgentProbe: Sendable {
  let trust: Trust
  let patience: Int

  /// Larger than any cluster's answers.
  private static let longestAnswer = 1 << 20

  private enum Answer: Sendable {
    case json(LooseJSON)
    /// Why there is none.
    case none(Unanswered)
  }

  func ask(_ agent: AgentAddress) async -> AgentSighting {
    var sighting = AgentSighting(place: agent.place, givenName: agent.name)
    switch await get("/patroni", of: agent) {
    case .none(let problem):
      sighting.unanswered = problem
      // Who cannot be reached is not asked three times more.
      guard problem.failure == .unwilling else { return sighting }
    case .json(let json):
      sighting.facts = PatroniReader.agent(json)
      if sighting.facts == nil { sighting.unanswered = Unanswered(.unwilling, "its answer is not Patroni's") }
    }
    async let cluster = get("/cluster", of: agent)
    async let history = get("/history", of: agent)
    async let configuration = get("/config", of: agent)
    var missing: [String] = []
    sighting.listing = Self.read(await cluster, "/cluster", PatroniReader.cluster, &missing)
    sighting.history = Self.read(await history, "/history", PatroniReader.history, &missing)
    sighting.configuration = Self.read(await configuration, "/config", PatroniReader.configuration, &missing)
    if sighting.isAnswered, !missing.isEmpty { sighting.missing = missing.joined(separator: "; ") }
    return sighting
  }

  private static func read<Value>(
    _ answer: Answer,
    _ path: String,
    _ read: (LooseJSON) -> Value?,
    _ missing: inout [String]
  ) -> Value? {
    switch answer {
    case .none(let problem): missing.append("GET \(path): \(problem.words)")
    case .json(let json):
      if let value = read(json) { return value }
      missing.append("GET \(path): not the answer of Patroni")
    }
    return nil
  }

  private func get(_ path: String, of agent: AgentAddress) async -> Answer {
    do {
      let end = try await Curl.run(
        configuration(agent.url + path),
        limit: Self.longestAnswer,
        readsUserFile: false
      )
      return Self.answer(end)
    } catch {
      return .none(Unanswered(.unwilling, "its answer is longer than a megabyte, or curl cannot be run"))
    }
  }

  /// Nothing leads to another host: no redirection is followed, no proxy is asked.
  private func configuration(_ url: String) -> String {
    var lines = [
      "url = \(Curl.quoted(url))", "globoff", "silent", "verbose", "proto = \"=http,https\"", "noproxy = \"*\"",
      "max-time = \(patience)", "write-out = \"\\n%{http_code}\"", "header = \"Accept: application/json\"",
    ]
    if let authorities = trust.authorities { lines.append("cacert = \(Curl.quoted(authorities))") }
    if let certificate = trust.certificate { lines.append("cert = \(Curl.quoted(certificate))") }
    if let key = trust.key { lines.append("key = \(Curl.quoted(key))") }
    if trust.isBlind { lines.append("insecure") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The status stands on a line of its own after the body.
  private static func answer(_ end: Curl.End) -> Answer {
    guard end.status == 0 else { return .none(problem(end)) }
    let lines = end.output.split(separator: "\n", omittingEmptySubsequences: false)
    guard let code = lines.last.flatMap({ Int($0) }) else {
      return .none(Unanswered(.unwilling, "it answered nothing"))
    }
    guard code == 200 else { return .none(Unanswered(.unwilling, "it answered with status \(code)")) }
    guard let json = LooseJSON(Array(lines.dropLast().joined(separator: "\n").utf8)) else {
      return .none(Unanswered(.unwilling, "its answer is not JSON"))
    }
    return .json(json)
  }

  /// What curl's exit statuses mean (curl's manual, "EXIT CODES").
  private static func problem(_ end: Curl.End) -> Unanswered {
    switch end.status {
    case 3: Unanswered(.unwilling, "its URL cannot be read")
    case 6: Unanswered(.silent, "its name cannot be resolved")
    case 7:
      end.errors.contains("Connection refused")
        ? Unanswered(.refused, "connection refused") : Unanswered(.silent, "it cannot be reached")
    case 28: Unanswered(.silent, "no answer in time")
    case 35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91, 98:
      Unanswered(.unwilling, "no trust over TLS: \(tlsReason(end))")
    case 52, 56: Unanswered(.silent, "it closed the connection")
    case 127: Unanswered(.silent, "there is no curl to ask it with")
    default: Unanswered(.silent, "curl ended with status \(end.status)")
    }
  }

  private static func tlsReason(_ end: Curl.End) -> String {
    let words = end.errors.split(whereSeparator: \.isNewline).last { $0.contains("SSL") || $0.contains("certificate") }
    return words.map { String($0.drop { $0 == "*" || $0 == " " }.prefix(120)) } ?? "status \(end.status) of curl"
  }
}
