import Contract
import Testing

@testable import Reporting

extension CodeMeaning: CustomTestStringConvertible {
  public var testDescription: String { "\(code) (\(family.rawValue))" }
}

@Suite("Explanations of codes")
struct ExplanationTests {
  private static let expected: [(family: CodeFamily, codes: [String])] = [
    (.incidentKind, IncidentKind.allCases.map(\.rawValue)),
    (.incidentStatus, IncidentStatus.allCases.map(\.rawValue)),
    (.phase, PhaseName.allCases.map(\.rawValue)),
    (.rootCause, RootCauseCode.allCases.map(\.rawValue)),
    (.finding, FindingCode.allCases.map(\.rawValue)),
    (.remedy, RemedyCode.allCases.map(\.rawValue)),
  ]

  @Test func everyCodeIsExplainedOnceInItsFamily() {
    for (family, codes) in Self.expected {
      let explained = allMeanings.filter { $0.family == family }.map(\.code)
      #expect(explained.sorted() == codes.sorted(), "\(family.rawValue)")
      #expect(Set(explained).count == explained.count, "\(family.rawValue) has a code twice")
    }
  }

  @Test(arguments: allMeanings)
  func isLongEnoughAndPlain(_ meaning: CodeMeaning) {
    for part in meaning.parts {
      #expect(part.text.count > 20, "\(meaning.code): \(part.heading)")
      #expect(part.text.hasSuffix(".") || part.text.hasSuffix(".`"), "\(meaning.code): \(part.heading)")
      #expect(!part.text.contains("\n") && !part.text.contains("  "), "\(meaning.code): \(part.heading)")
    }
    let words = meaning.parts.flatMap { $0.text.split(separator: " ") }.count
    #expect((40...170).contains(words), "\(meaning.code) has \(words) words")
  }

  @Test(arguments: allMeanings)
  func pointsOnlyAtCodes(_ meaning: CodeMeaning) {
    for code in meaning.see {
      #expect(explanation(of: code) != nil, "\(meaning.code) points at \(code)")
      #expect(!(code == meaning.code && explanation(of: code)?.meanings.count == 1), "\(code) points at itself")
    }
  }

  @Test func aWordOfTwoFamiliesIsShownTwice() {
    #expect(explanation(of: "wal_removed")?.meanings.map(\.family) == [.rootCause, .finding])
    #expect(explanation(of: "dual_primary")?.meanings.map(\.family) == [.phase, .finding])
    let text = explanation(of: "wal_removed")?.text(width: 60) ?? ""
    #expect(text.contains("wal_removed (root cause)") && text.contains("wal_removed (finding)"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 60 })
  }

  @Test(arguments: ["LEADER_LOST", "leader-lost", "leader lost"])
  func spellingIsForgiven(_ word: String) {
    #expect(explanation(of: word)?.code == "leader_lost")
  }

  @Test(arguments: [
    ("leder_lost", "leader_lost"), ("dcs_quorm_lost", "dcs_quorum_lost"), ("wal_remvoed", "wal_removed"),
    ("rewind_fialed", "rewind_failed"), ("quorum", "dcs_quorum_lost"), ("reinit", "reinit_member"),
  ])
  func aMisspeltCodeIsGuessed(_ word: String, _ code: String) {
    #expect(explanation(of: word) == nil)
    #expect(codeSuggestions(for: word).contains(code))
  }

  @Test func nothingIsGuessedForNonsense() {
    #expect(codeSuggestions(for: "zzzzqqqq").isEmpty)
    #expect(codeSuggestions(for: "").isEmpty)
    #expect(codeSuggestions(for: String(repeating: "x", count: 100_000)).isEmpty)
  }

  @Test func editDistanceCountsSteps() {
    #expect(editDistance("", "") == 0)
    #expect(editDistance("abc", "abc") == 0)
    #expect(editDistance("abc", "acb") == 1)
    #expect(editDistance("kitten", "sitting") == 3)
    #expect(editDistance("", "abc") == 3)
  }
}
