import ArgumentParser
import Monitoring
import Postgres

/// `failscope monitor`: a client that writes and reads, and says what became of it.
struct MonitorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monitor",
    abstract: "Write and read once a second and say what became of it.",
    usage: "failscope monitor [--dsn <conninfo>] [<options>]",
    discussion: """
      The client whose lines show what users see: writes a row and reads the table at each interval, through whatever \
      leads to the database (a proxy, a pooler in any mode, several hosts), and never waits longer than its time-outs. \
      Each statement is a transaction of its own. Ends at Ctrl-C, after --count rounds or after --duration.

      A write is acknowledged when the server has confirmed its commit, refused when it is certain that it is not in \
      effect, and of unknown outcome when the connection broke or the time was up in between. --verify reads the table \
      back and names acknowledged writes that are lost, writes that are there twice, and phantoms, which are there \
      though nobody acknowledged them.

      The connection string is libpq's, and so are the PG* variables, the service file, .pgpass and the options of TLS. \
      A secret in --dsn is hidden from the list of processes as soon as failscope runs; env:NAME, file:PATH, PGPASSWORD \
      or .pgpass keep it out of it altogether.

      EXAMPLES:
        failscope monitor --dsn 'host=haproxy user=app dbname=shop' | tee app.log
        failscope monitor --dsn env:MONITOR_DSN --format ndjson --verify
        failscope monitor --dsn 'host=pg1,pg2 target_session_attrs=read-write'
        failscope monitor --dsn postgresql://app@pgbouncer:6432/shop --verify
        PGHOST=pgbouncer PGPORT=6432 failscope monitor --new-connections

      EXIT STATUS:
        0   done; with --verify: every acknowledged write is there, once, and
            nothing that was refused or never sent
        1   with --verify: the table could not be read back; or the output could
            not be written
        2   with --verify: a write is lost, duplicated, or there though it was
            refused or never sent
        64  the arguments are wrong
        69  libpq is not installed
      """
  )

  @Option(
    help: ArgumentHelp(
      "Where to connect: host=… port=… user=…, or postgresql://…; or env:NAME or file:PATH, where that stands. "
        + "(default: the PG* variables)",
      valueName: "conninfo"
    )
  )
  var dsn: String?

  @Option(
    help: ArgumentHelp(
      "The table that is written to; quoted as in SQL if its name needs it. (default: failscope_monitor)",
      valueName: "name"
    ),
    transform: MonitorValues.table
  )
  var table = Identifier(name: "failscope_monitor")

  @Flag(help: "Do not make the table if it is missing.")
  var noCreate = false

  @Option(
    help: ArgumentHelp("Seconds from one write to the next. (default: 1)", valueName: "seconds"),
    transform: OptionValues.seconds
  )
  var interval: Double = 1

  @Option(
    help: ArgumentHelp(
      "How long each host may take to connect to. (default: connect_timeout of the connection string, else 3)",
      valueName: "seconds"
    ),
    transform: MonitorValues.timeout
  )
  var connectTimeout: Double?

  @Option(
    help: ArgumentHelp("How long a statement may take. (default: 5)", valueName: "seconds"),
    transform: MonitorValues.timeout
  )
  var statementTimeout: Double = 5

  @Flag(help: "Connect anew for each statement, as short-lived requests do.")
  var newConnections = false

  @Option(
    help: ArgumentHelp("End after so many writes.", valueName: "number"),
    transform: MonitorValues.count
  )
  var count: Int?

  @Option(
    help: ArgumentHelp("End after so many seconds.", valueName: "seconds"),
    transform: OptionValues.seconds
  )
  var duration: Double?

  @Flag(help: "In the end, read the table back and say what is lost, duplicated or a phantom.")
  var verify = false

  @Option(
    help: ArgumentHelp("How long to try to read the table back. (default: 30)", valueName: "seconds"),
    transform: OptionValues.seconds
  )
  var verifyTimeout: Double = 30

  @Option(
    help: "text: lines as [21:57:22] WRITE: ID=200, Data='Test data #75', in UTC. ndjson: a JSON object for each."
  )
  var format = MonitorFormat.text

  func run() throws {
    SignalQueue.begin()
    let library = try ServerAccess.library()
    let target = try ServerAccess.target(dsn, library: library)
    let connectTimeout = connectTimeout ?? target["connect_timeout"].flatMap(Double.init).flatMap { $0 > 0 ? $0 : nil }
    let settings = MonitorClient.Settings(
      target: target,
      table: table,
      connectTimeout: .seconds(connectTimeout ?? 3),
      statementTimeout: .seconds(statementTimeout),
      createsTable: !noCreate,
      connectsAnew: newConnections
    )
    let pace = MonitorRun.Pace(interval: interval, count: count, duration: duration)
    var run = try MonitorRun(client: MonitorClient(settings, library: library), pace: pace, format: format)
    try run.run()
    if verify { try run.verify(within: verifyTimeout) }
  }
}

/// The forms of the monitor's lines.
enum MonitorFormat: String, OptionWord {
  case text
  case ndjson
}

/// Reads the values of the monitor's options.
enum MonitorValues {
  static func table(_ text: String) throws -> Identifier {
    guard let table = Identifier(text) else { throw ValidationError("Write a table as name, schema.name or \"Name\"") }
    return table
  }

  static func timeout(_ text: String) throws -> Double {
    let seconds = try OptionValues.seconds(text)
    guard seconds >= 0.01, seconds <= 86_400 else { throw ValidationError("Write seconds as a number, such as 3") }
    return seconds
  }

  static func count(_ text: String) throws -> Int {
    guard let count = Int(text), count > 0 else { throw ValidationError("Write a number, such as 60") }
    return count
  }
}
