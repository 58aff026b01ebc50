import Testing

@testable import Postgres

@Suite("Names in SQL")
struct IdentifierTests {
  @Test(
    "are read as SQL does and quoted",
    arguments: [
      ("Test_Data", "\"test_data\""), ("public.test", "\"public\".\"test\""), ("\"Odd \"\"name\"", "\"Odd \"\"name\""),
      ("a.\"B.c\"", "\"a\".\"B.c\""), ("größe", "\"größe\""),
    ]
  )
  func quoted(text: String, quoted: String) {
    #expect(Identifier(text)?.quoted == quoted)
  }

  @Test(
    "what is no name is none",
    arguments: ["", "a b", "a;b", "\"open", "a.b.c", "a.", "1a", "\"\"", "a\"b\"", String(repeating: "n", count: 64)]
  )
  func refused(text: String) {
    #expect(Identifier(text) == nil)
  }
}

/// The texts are those of libpq 15 and, where marked, of older ones.
@Suite("Errors of connections")
struct ErrorTextTests {
  static let cases: [(text: String, state: String?, message: String)] = [
    (
      "connection to server at \"pg1\" (10.0.0.1), port 5432 failed: FATAL:  57P03: the database system is starting up\nLOCATION:  ProcessStartupPacket, postmaster.c:2399\n",
      "57P03", "the database system is starting up"
    ),
    (
      "connection to server at \"127.0.0.1\", port 5 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?\n",
      nil, "Connection refused"
    ),
    (
      "could not translate host name \"pgbouncer\" to address: Name or service not known\n", nil,
      "could not translate host name \"pgbouncer\" to address: Name or service not known"
    ),
    (
      "FATAL:  28P01: password authentication failed for user \"app\"\n", "28P01",
      "password authentication failed for user \"app\""
    ),
    ("FATAL:  sorry, too many clients already\n", nil, "sorry, too many clients already"),
    ("", nil, "no reason was given"),
    ("connection to server at \"x\" failed: ", nil, ""),
  ]

  @Test(arguments: cases)
  func words(_ example: (text: String, state: String?, message: String)) {
    let text = ErrorText(example.text)
    #expect(text.sqlState == example.state)
    #expect(text.message == example.message)
  }
}

@Suite("Connection strings")
struct ConnectionStringTests {
  private func attempts(_ text: String) throws -> [ConnectionString.Settings] {
    try ConnectionString(text, library: Library()).attempts
  }

  @Test("each host is an attempt of its own, with its port")
  func hosts() throws {
    let attempts = try attempts("postgresql://app@pg1:5433,pg2/shop?target_session_attrs=read-write")
    #expect(attempts.map { $0["host"] } == ["pg1", "pg2"])
    #expect(attempts.map { $0["port"] } == ["5433", ""])
    #expect(attempts.allSatisfy { $0["target_session_attrs"] == "read-write" && $0["client_encoding"] == "UTF8" })
    #expect(try self.attempts("host=a,b port=6000").map { $0["port"] } == ["6000", "6000"])
  }

  @Test("a standby is preferred in two passes")
  func preferStandby() throws {
    let attempts = try attempts("host=a,b target_session_attrs=prefer-standby")
    #expect(attempts.map { $0["host"] } == ["a", "b", "a", "b"])
    #expect(attempts.map { $0["target_session_attrs"] } == ["standby", "standby", "any", "any"])
  }

  @Test(
    "a mistake is told without a word of the string",
    arguments: ["host=a password=se cret", "postgresql://u:secret@[::1", "secret=1"]
  )
  func mistakes(text: String) throws {
    let library = try Library()
    let error = #expect(throws: PostgresError.self) { try ConnectionString(text, library: library) }
    let reason = try #require(error?.reason)
    #expect(!reason.contains("cret"))
    #expect(reason.count > 40)
  }
}
