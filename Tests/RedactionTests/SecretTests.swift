import Testing

@testable import Redaction

@Suite("Secrets and literals are hidden without asking")
struct SecretTests {
  private static let redactor = Redactor(plan: RedactionPlan())

  @Test(
    "Secrets of connection strings, settings and headers",
    arguments: [
      "primary_conninfo = 'host=pg1 user=replicator password=s3cr3t port=5432'",
      "password='s3 cr3t' host=pg1", "password = \"s3cr3t\"", "PGPASSWORD=s3cr3t patronictl list",
      "connecting to postgres://app:s3cr3t@pg1:5432/shop", "postgresql://app:s3cr3t@db.example/shop?x=1",
      "{\"user\":\"app\",\"password\":\"s3cr3t\"}", "{\\\"password\\\": \\\"s3cr3t\\\"}", "Authorization: Basic s3cr3t",
      "headers={'Authorization': 'Bearer s3cr3t'}", "client_secret=s3cr3t&x=1", "api_key: s3cr3t",
      "X-Consul-Token: s3cr3t", "{\"access_token\":\"s3cr3t\"}",
      "ALTER ROLE app PASSWORD 's3cr3t'", "CREATE USER app WITH PASSWORD E's3\\'cr3t'",
    ]
  )
  func secrets(_ line: String) {
    let text = Self.redactor.redacted(line)
    #expect(!text.contains("s3cr3t") && !text.contains("cr3t"), "\(text)")
    #expect(Self.redactor.redacted(text) == text)
  }

  @Test("Hashes of passwords")
  func hashes() {
    let digits = String(repeating: "0123456789abcdef", count: 2)
    #expect(!Self.redactor.redacted("ALTER ROLE x: md5\(digits) set").contains(digits))
    #expect(!Self.redactor.redacted("secret SCRAM-SHA-256$4096:c2FsdA==$x:y is").contains("c2FsdA"))
  }

  @Test(
    "Literals of statements, wherever they stand",
    arguments: [
      (
        "STATEMENT:  INSERT INTO t (a, b) VALUES (4711, 'it''s me')", "STATEMENT:  INSERT INTO t (a, b) VALUES (?, '?')"
      ),
      (
        "LOG:  statement: SELECT * FROM t1 WHERE a = 4711 AND b = $1",
        "LOG:  statement: SELECT * FROM t1 WHERE a = ? AND b = $1"
      ),
      ("{\"statement\":\"UPDATE t SET a = '4711'\",\"pid\":12}", "{\"statement\":\"UPDATE t SET a = '?'\",\"pid\":12}"),
      ("QUERY:  SELECT f($x$4711$x$)", "QUERY:  SELECT f('?')"),
      ("DETAIL:  Key (email)=(4711@x.org) already exists.", "DETAIL:  Key (email)=(?) already exists."),
      ("DETAIL:  Failing row contains (4711, x, null).", "DETAIL:  Failing row contains (?)."),
      ("DETAIL:  parameters: $1 = '4711', $2 = NULL", "DETAIL:  parameters: $1 = '?', $2 = NULL"),
      (
        "ERROR:  invalid input syntax for type integer: \"4711\"",
        "ERROR:  invalid input syntax for type integer: \"?\""
      ),
    ]
  )
  func literals(_ line: String, _ expected: String) {
    #expect(Self.redactor.redacted(line) == expected)
  }

  @Test(
    "What is no secret stays as it is",
    arguments: [
      "FATAL:  password authentication failed for user \"app\"", "2025-08-10 21:57:54.504 UTC [265] LOG:  ready",
      "ERROR:  cannot execute INSERT in a read-only transaction",
      "ERROR:  cannot execute SELECT FOR UPDATE in a read-only transaction",
      "STATEMENT:  START_REPLICATION SLOT \"pg2\" 0/3000000 TIMELINE 2",
      "[21:57:23] WRITE: ID=201, Data='Test data #76'",
      "Server postgres_primary/pg1 is DOWN, reason: Layer4 timeout, check duration: 3003ms.",
      "GET http://pg1:8008/patroni (timed out)", "checkpoint complete: wrote 5 buffers (0.0%)",
    ]
  )
  func innocent(_ line: String) {
    #expect(Self.redactor.redacted(line) == line)
  }

  @Test(
    "No text takes long, whatever it repeats",
    arguments: [
      "://", "token", "invalid input ", "host=", "c-0x", "Key (", "select ", "'", "$a$b", "password='", "update ", "1:",
      "a.",
      "with recursive ",
    ]
  )
  func hostile(_ piece: String) {
    let text = String(repeating: piece, count: 20_000 / piece.utf8.count)
    let time = ContinuousClock().measure {
      var names = NameCollector()
      names.take(text)
      _ = Redactor(plan: RedactionPlan(hidden: Set(Redactable.allCases)), names: names).redacted(text)
    }
    #expect(time < .seconds(120))
  }

  @Test("Who asks to see them does")
  func shown() {
    let redactor = Redactor(plan: RedactionPlan(showsSecrets: true))
    #expect(redactor.redacted("password=s3cr3t") == "password=s3cr3t")
  }

  @Test("A whole statement goes on demand, its verb stays")
  func statements() {
    let redactor = Redactor(plan: RedactionPlan(hidden: [.sql]))
    #expect(redactor.redacted("STATEMENT:  INSERT INTO payroll VALUES (1)") == "STATEMENT:  INSERT [hidden]")
    #expect(redactor.redacted("cannot execute INSERT in a read-only transaction").hasSuffix("a read-only transaction"))
  }
}
