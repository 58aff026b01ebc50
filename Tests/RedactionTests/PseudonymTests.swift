import Testing

@testable import Redaction

@Suite("Pseudonyms")
struct PseudonymTests {
  private static func redactor(_ lines: [String], key: String? = nil, hidden: Set<Redactable>) -> Redactor {
    var names = NameCollector()
    for line in lines { names.take(line) }
    return Redactor(plan: RedactionPlan(hidden: hidden, key: key), names: names)
  }

  @Test("The same name has the same pseudonym, in whatever form it stands")
  func consistent() {
    let lines = ["host=acme-db1 user=alice", "acme-db1.prod.acme.com is down", "slot acme_db1, acme-db10 and acme-db1"]
    let redactor = Self.redactor(lines, hidden: [.names, .users])
    #expect(redactor.redacted(lines[0]) == "host=node-1 user=user-1")
    #expect(redactor.redacted(lines[1]) == "node-1.example is down")
    #expect(redactor.redacted(lines[2]) == "slot node_1, acme-db10 and node-1")
  }

  @Test("Words that every installation has stay")
  func generic() {
    let line = "user=postgres host=localhost dbname=postgres at 127.0.0.1 and ::1"
    #expect(Self.redactor([line], hidden: Set(Redactable.allCases)).redacted(line) == line)
  }

  @Test(
    "Addresses become addresses that nobody has",
    arguments: [
      ("10.20.30.40:5432", "240.0.0.1:5432"), ("fe80::1a2b", "2001:db8::1"), ("from 10.20.30.40.", "from 240.0.0.1."),
    ]
  )
  func addresses(_ text: String, _ expected: String) {
    #expect(Self.redactor([text], hidden: [.addresses]).redacted(text) == expected)
  }

  @Test(
    "Times, versions, places in WAL and counters are no addresses",
    arguments: ["21:57:54", "3.5.16", "0/3000000", "1/1/0/0", "PostgreSQL 17.2", "1.2.3.4.5", "::"]
  )
  func noAddresses(_ text: String) {
    #expect(Self.redactor([text], hidden: [.addresses]).redacted(text) == text)
  }

  @Test("An address that was not collected is hidden all the same")
  func unannounced() {
    #expect(!Self.redactor([], hidden: [.addresses]).redacted("to 10.1.2.3").contains("10.1.2.3"))
  }

  @Test("With a key, pseudonyms depend on nothing but the name and the key")
  func keyed() {
    let alone = Self.redactor(["host=acme-db2"], key: "k", hidden: [.names]).redacted("acme-db2")
    let among = Self.redactor(["host=acme-db1 host=acme-db2"], key: "k", hidden: [.names]).redacted("acme-db2")
    let other = Self.redactor(["host=acme-db2"], key: "other", hidden: [.names]).redacted("acme-db2")
    #expect(alone == among && alone != other && alone.hasPrefix("node-"))
  }

  @Test("SHA-256 and its HMAC give the published digests")
  func digests() {
    let hexadecimal = { (bytes: [UInt8]) in
      bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
    // FIPS 180-4's examples, and RFC 4231, test case 2.
    #expect(
      hexadecimal(SHA256.digest(Array("abc".utf8)))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    #expect(
      hexadecimal(SHA256.digest(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)))
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    )
    #expect(
      hexadecimal(SHA256.authentication(of: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8)))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
  }
}
