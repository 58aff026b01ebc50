import Postgres
import Testing

@testable import Monitoring

@Suite("What the table holds against what the client was told")
struct VerificationTests {
  private static let report = PostgresError.Report(message: "…")

  /// Acknowledged, refused, unknown, acknowledged.
  private static var ledger: Ledger {
    var ledger = Ledger()
    for outcome in [
      WriteOutcome.acknowledged(id: 11), .refused(report), .unknown(report), .acknowledged(id: 13),
    ] { _ = ledger.note(outcome) }
    return ledger
  }

  private func verification(_ rows: [(attempt: Int, id: Int)]) -> Verification {
    Verification(
      Self.ledger,
      with: StoredRows(rows: rows.map { StoredRows.Row(attempt: $0.attempt, id: $0.id, data: "row \($0.id)") })
    )
  }

  @Test("all is well if the acknowledged ones are there, with or without the one of unknown outcome")
  func clean() {
    #expect(verification([(1, 11), (4, 13)]).isClean)
    let withUnknown = verification([(1, 11), (3, 12), (4, 13)])
    #expect(withUnknown.isClean)
    #expect(withUnknown.phantoms.map(\.reason) == [.unknownOutcome])
    #expect(withUnknown.found == 2)
  }

  @Test("an acknowledged write that is missing is lost")
  func lost() {
    let verification = verification([(4, 13)])
    #expect(!verification.isClean)
    #expect(verification.lost.map(\.id) == [11])
    #expect(verification.lost.map(\.data) == ["Test data #1"])
    #expect(verification.found == 1)
  }

  @Test("a write that is there twice is duplicated, and not lost")
  func duplicated() {
    let verification = verification([(1, 11), (1, 20), (4, 13)])
    #expect(!verification.isClean)
    #expect(verification.duplicated.map(\.ids) == [[11, 20]])
    #expect(verification.lost.isEmpty)
  }

  @Test("a refused write that is there, and one that was never sent, are phantoms")
  func phantoms() {
    let verification = verification([(1, 11), (2, 12), (4, 13), (5, 14)])
    #expect(!verification.isClean)
    #expect(verification.phantoms.map(\.reason) == [.refused, .neverSent])
    #expect(verification.phantoms.map(\.id) == [12, 14])
  }

  @Test("texts count the writes that may be there; attempts count all")
  func numbering() {
    let next = Self.ledger.nextRow(of: "run")
    #expect(next.attempt == 5)
    #expect(next.data == "Test data #4")
  }

  @Test("a success says how many failures it ends")
  func restored() {
    var ledger = Ledger()
    #expect(ledger.note(.acknowledged(id: 1)) == nil)
    _ = ledger.note(.notSent(Self.report))
    ledger.note(.failed(Self.report))
    #expect(ledger.note(.acknowledged(id: 2)) == 2)
    #expect(ledger.note(.acknowledged(id: 3)) == nil)
  }
}
