import Contract
import Model

/// An instant of the sample's evening: `instant("21:57:23.629")`.
func instant(_ clock: String) -> Instant {
  Instant(rfc3339: "2025-08-10T\(clock)Z") ?? Instant(milliseconds: 0)
}

/// The log lines that the sample's claims rest on: a leader's container that is killed, told by the nodes around it.
enum SampleLines {
  static let lastWrite = line("monitor", 10, "21:57:23.500", "[21:57:23] WRITE: ID=201, Data='Test data #76'")
  static let streamBroke = line(
    "pg2",
    15,
    "21:57:23.629",
    "2025-08-10 21:57:23.629 UTC [50] FATAL:  could not receive data from WAL stream: "
      + "server closed the connection unexpectedly"
  )
  static let exited = line("pg1", 23, nil, "pg1 exited with code 137")
  static let proxyDown = line(
    "haproxy",
    38,
    "21:57:41.500",
    "<129>Aug 10 21:57:41 haproxy[8]: Server postgres_primary/pg1 is DOWN, reason: Layer4 timeout, check duration: "
      + "3003ms. 0 active and 0 backup servers left. 1 sessions active, 0 requeued, 0 remaining in queue."
  )
  static let noServer = line(
    "haproxy",
    39,
    "21:57:41.500",
    "<128>Aug 10 21:57:41 haproxy[8]: backend postgres_primary has no server available!"
  )
  static let requestFailed = line(
    "pg2",
    40,
    "21:57:43.597",
    "2025-08-10 21:57:43,597 WARNING: Request failed to pg1: GET http://pg1:8008/patroni (HTTPConnectionPool("
      + "host='pg1', port=8008): Max retries exceeded with url: /patroni (Caused by ConnectTimeoutError(<urllib3."
      + "connection.HTTPConnection object at 0x7fe6569076d0>, 'Connection to pg1 timed out. (connect timeout=2)')))"
  )
  static let noName = line(
    "pg2",
    41,
    "21:57:43.673",
    "2025-08-10 21:57:43.673 UTC [235] FATAL:  could not connect to the primary server: "
      + "could not translate host name \"pg1\" to address: Name or service not known"
  )
  static let promoted = line(
    "pg2",
    42,
    "21:57:43.740",
    "2025-08-10 21:57:43,740 INFO: promoted self to leader by acquiring session lock"
  )
  static let promoteRequest = line(
    "pg2",
    44,
    "21:57:43.742",
    "2025-08-10 21:57:43.742 UTC [33] LOG:  received promote request"
  )
  static let proxyUp = line(
    "haproxy",
    48,
    "21:57:47.500",
    "<133>Aug 10 21:57:47 haproxy[8]: Server postgres_primary/pg2 is UP, reason: Layer7 check passed, code: 200, "
      + "check duration: 1ms. 1 active and 0 backup servers online. 0 sessions requeued, 0 total in queue."
  )
  static let poolBroke = line(
    "pgbouncer",
    52,
    "21:57:54.285",
    "2025-08-10 21:57:54.285 UTC [1] LOG S-0x562e437d9720: postgres/postgres@192.168.100.7:5432 closing because: "
      + "server conn crashed? (age=15s)"
  )
  static let poolBack = line(
    "pgbouncer",
    54,
    "21:57:54.493",
    "2025-08-10 21:57:54.493 UTC [1] LOG S-0x562e437d94f0: postgres/postgres@192.168.100.7:5432 new connection to "
      + "server (from 192.168.100.8:45092)"
  )
  static let readOnly = line(
    "pg2",
    55,
    "21:57:54.504",
    "2025-08-10 21:57:54.504 UTC [265] ERROR:  cannot execute INSERT in a read-only transaction"
  )
  static let writeError = line(
    "monitor",
    57,
    "21:57:54.500",
    "[21:57:54] WRITE ERROR: cannot execute INSERT in a read-only transaction"
  )
  static let lastError = line(
    "pg2",
    92,
    "21:57:58.521",
    "2025-08-10 21:57:58.521 UTC [265] ERROR:  cannot execute INSERT in a read-only transaction"
  )
  static let stillNoName = line(
    "pg2",
    100,
    "21:57:58.721",
    "2025-08-10 21:57:58.721 UTC [252] FATAL:  could not connect to the primary server: "
      + "could not translate host name \"pg1\" to address: Name or service not known"
  )
  static let lastTransaction = line(
    "pg2",
    102,
    "21:57:58.721",
    "2025-08-10 21:57:58.721 UTC [33] LOG:  last completed transaction was at log time 2025-08-10 21:57:23.196882+00"
  )
  static let newTimeline = line(
    "pg2",
    103,
    "21:57:58.763",
    "2025-08-10 21:57:58.763 UTC [33] LOG:  selected new timeline ID: 3"
  )
  static let ready = line(
    "pg2",
    106,
    "21:57:58.833",
    "2025-08-10 21:57:58.833 UTC [29] LOG:  database system is ready to accept connections"
  )
  static let firstWrite = line("monitor", 108, "21:57:59.530", "[21:57:59] WRITE: ID=232, Data='Test data #77'")
  static let restored = line("monitor", 113, "21:57:59.536", "[21:57:59] Connection restored after 5 failures")

  private static func line(_ source: String, _ number: Int, _ clock: String?, _ text: String) -> Evidence {
    Evidence(source: source, line: number, at: clock.map(instant), text: text)
  }
}
