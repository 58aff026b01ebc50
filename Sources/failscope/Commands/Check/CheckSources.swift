import ArgumentParser
import Checking
import Contract
import Postgres
import Probing
import WebClient

/// Whom `failscope check` asks.
struct CheckSources: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A server, as libpq reads it; NAME= in front names the member. Can be repeated.",
      valueName: "dsn"
    )
  )
  var dsn: [String] = []

  @Option(help: ArgumentHelp("A member's Patroni, such as http://pg1:8008. Can be repeated.", valueName: "url"))
  var patroni: [String] = []

  @Option(
    help: ArgumentHelp("What 'patronictl list --format json' printed; '-' is standard input.", valueName: "file"),
    completion: .file()
  )
  var patronictlList: String?

  @Option(
    help: ArgumentHelp("What 'patronictl history --format json' printed.", valueName: "file"),
    completion: .file()
  )
  var patronictlHistory: String?

  @Option(
    help: ArgumentHelp("Authorities to believe over HTTPS, in a PEM file.", valueName: "file"),
    completion: .file()
  )
  var cacert: String?

  @Option(help: ArgumentHelp("The certificate to show over HTTPS.", valueName: "file"), completion: .file())
  var cert: String?

  @Option(help: ArgumentHelp("The key of that certificate.", valueName: "file"), completion: .file())
  var key: String?

  @Flag(help: "Believe any certificate over HTTPS.")
  var insecure = false

  @Option(
    help: ArgumentHelp("How long each question may take. (default: 5)", valueName: "seconds"),
    transform: { text in
      guard let seconds = Int(text), (1...60).contains(seconds) else {
        throw ValidationError("Write whole seconds from 1 to 60")
      }
      return seconds
    }
  )
  var timeout = 5

  var isEmpty: Bool { dsn.isEmpty && patroni.isEmpty && patronictlList == nil }

  /// Asks everybody.
  ///
  /// Throws `Failure` for what cannot even be asked.
  func ask(for report: Report) throws -> Sightings {
    let files = try savedFiles
    let agents = try patroni.map { text in
      guard let address = AgentAddress(text) else {
        throw Failure("--patroni: write http://HOST:8008 or https://HOST:8008, without a path.", status: .usage)
      }
      return address
    }
    for path in [cacert, cert, key].compactMap({ $0 }) {
      if let obstacle = System.obstacle(toReading: path) { throw Failure("\(path): \(obstacle).") }
    }
    if !agents.isEmpty, !waitFor({ await Curl.isAvailable() }) {
      throw Failure("--patroni needs the program curl, which is not on the PATH.", status: .unavailable)
    }
    let library = try dsn.isEmpty ? nil : ServerAccess.library()
    let servers = try library.map { library in try dsn.map { try server($0, library: library) } } ?? []
    let prober = Prober(
      library: library,
      trust: Trust(authorities: cacert, certificate: cert, key: key, isBlind: insecure),
      patience: timeout,
      now: { System.now }
    )
    var sightings = waitFor { await prober.ask(servers: servers, agents: agents) }
    sightings.files = files
    return sightings
  }

  private func server(_ text: String, library: Library) throws -> Prober.Server {
    let (name, dsn) = Self.split(text, library: library)
    let connection = try ServerAccess.target(dsn, library: library)
    guard !connection.hasSeveralHosts else {
      throw Failure("--dsn: name one server each time, so that each is asked.", status: .usage)
    }
    return Prober.Server(name: name, connection: connection)
  }

  /// The member's name in front of a connection string: `pg1=host=…`, which libpq cannot read.
  private static func split(_ text: String, library: Library) -> (name: String?, dsn: String) {
    guard !text.hasPrefix("env:"), !text.hasPrefix("file:"), (try? ConnectionString(text, library: library)) == nil,
      let equals = text.firstIndex(of: "=")
    else { return (nil, text) }
    let name = String(text[..<equals])
    let isName = !name.isEmpty && !name.contains { $0 == " " || $0 == ":" || $0 == "/" || $0 == "'" }
    return isName ? (name, String(text[text.index(after: equals)...])) : (nil, text)
  }

  private static let longestFile = 1 << 20

  private var savedFiles: [SavedFile] {
    get throws {
      var files: [SavedFile] = []
      if let path = patronictlList {
        guard let listing = PatroniReader.list(try json(path)) else {
          throw Failure("\(path) is no output of 'patronictl list --format json'.")
        }
        files.append(SavedFile(name: path, age: System.age(ofFile: path), listing: listing))
      }
      if let path = patronictlHistory {
        guard let history = PatroniReader.history(try json(path)) else {
          throw Failure("\(path) is no output of 'patronictl history --format json'.")
        }
        files.append(SavedFile(name: path, age: System.age(ofFile: path), history: history))
      }
      return files
    }
  }

  private func json(_ path: String) throws -> LooseJSON {
    let bytes: [UInt8]
    do {
      bytes = try System.contents(of: path)
    } catch {
      throw Failure("\(path): \(error); check the name and its permissions.")
    }
    guard bytes.count <= Self.longestFile, let json = LooseJSON(bytes) else { throw Failure("\(path) is not JSON.") }
    return json
  }
}
