import CLibpq

/// Where and as whom to connect: `host=… port=…` or `postgresql://…`, as libpq reads them.
///
/// What it leaves out comes from the `PG*` variables, the service file and `.pgpass`, as with every client of libpq.
package struct ConnectionString: Sendable {
  /// The settings of one attempt to connect, by libpq's keywords.
  typealias Settings = [String: String]

  private let given: Settings
  /// With what the environment and the service file add.
  private let effective: Settings

  /// Reads `text`; an empty one leaves everything to the environment.
  ///
  /// Throws `PostgresError.invalidConnectionString`.
  package init(_ text: String, library: Library) throws(PostgresError) {
    let functions = library.functions.pointee
    var words: UnsafeMutablePointer<CChar>?
    guard let options = functions.PQconninfoParse(text, &words) else {
      defer { functions.PQfreemem(words) }
      throw .invalidConnectionString(reason: Self.withoutQuotes(words.map { String(cString: $0) }))
    }
    defer { functions.PQconninfoFree(options) }
    given = Self.settings(options)
    let defaults = functions.PQconndefaults()
    defer { functions.PQconninfoFree(defaults) }
    effective = (defaults.map(Self.settings) ?? [:]).merging(given) { $1 }
  }

  private init(given: Settings, effective: Settings) {
    self.given = given
    self.effective = effective
  }

  /// The same, with settings of the session from its first moment on (`options`, libpq 34.1.2), which overrule its own.
  ///
  /// - Parameter parameters: names and values without blanks or backslashes.
  /// - Returns: the connection string with them.
  package func settingSession(_ parameters: [(name: String, value: String)]) -> ConnectionString {
    let words = [self["options"]].compactMap { $0 } + parameters.map { "-c \($0.name)=\($0.value)" }
    let options = ["options": words.joined(separator: " ")]
    return ConnectionString(given: given.merging(options) { $1 }, effective: effective.merging(options) { $1 })
  }

  /// The value of a keyword of libpq, such as `connect_timeout`, wherever it comes from; nil if it is not set.
  package subscript(keyword: String) -> String? {
    effective[keyword].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether the text itself holds a secret, which other users of the machine may see among the arguments.
  package var holdsSecret: Bool {
    given["password"] != nil || given["sslpassword"] != nil
  }

  private static func settings(_ options: UnsafeMutablePointer<PQconninfoOption>) -> Settings {
    var settings: Settings = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { settings[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    return settings
  }

  /// libpq quotes the text that it cannot read, and a password with a blank in it is such a text; the words before it
  /// are its own (`conninfo_parse`, `conninfo_uri_parse_options` in fe-connect.c).
  private static func withoutQuotes(_ words: String?) -> String {
    let own = (words ?? "").prefix { $0 != "\"" && $0 != "\n" }
    let text = own.split(separator: " ").joined(separator: " ")
    return text.isEmpty ? "it has an error" : text.hasSuffix(":") ? String(text.dropLast()) : text
  }
}

// MARK: - Attempts

extension ConnectionString {
  /// The settings of each attempt, in the order of the hosts.
  ///
  /// libpq goes through a list of hosts by itself, but its asynchronous calls leave time-outs to the caller, who cannot
  /// tell it to go on to the next host. So each host is an attempt with a time-out of its own.
  var attempts: [Settings] {
    let single = perHost
    // "First a standby, then anything": libpq's own two passes (`target_session_attrs`, fe-connect.c).
    guard single.count > 1, self["target_session_attrs"] == "prefer-standby" else { return single }
    return single.map { $0.merging(["target_session_attrs": "standby"]) { $1 } }
      + single.map { $0.merging(["target_session_attrs": "any"]) { $1 } }
  }

  private var perHost: [Settings] {
    let hosts = list("host")
    let addresses = list("hostaddr")
    let ports = list("port")
    let count = max(hosts.count, addresses.count)
    let fits = [hosts, addresses].allSatisfy { [0, count].contains($0.count) } && [0, 1, count].contains(ports.count)
    // What does not fit is libpq's to complain about.
    guard count > 1, fits else { return [complete(given)] }
    return (0..<count).map { index in
      var settings = given
      if !hosts.isEmpty { settings["host"] = hosts[index] }
      if !addresses.isEmpty { settings["hostaddr"] = addresses[index] }
      if !ports.isEmpty { settings["port"] = ports.count == 1 ? ports[0] : ports[index] }
      return complete(settings)
    }
  }

  /// A list separated by commas; empty elements stand for defaults.
  private func list(_ keyword: String) -> [String] {
    self[keyword]?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
  }

  private func complete(_ settings: Settings) -> Settings {
    settings.merging(["client_encoding": "UTF8", "fallback_application_name": "failscope"]) { $1 }
  }
}
