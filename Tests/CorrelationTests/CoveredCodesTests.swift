import Contract
import Testing

/// Every word of the contract is what some scenario promises, so that none is defined and never seen.
@Suite struct CoveredCodesTests {
  private let promised: Set<String>

  init() throws {
    let leaders = LeaderScenario.all.flatMap(\.promisedCodes)
    let members = try MemberScenarioReader.all().flatMap(\.promisedCodes)
    promised = Set(leaders + members)
  }

  @Test(arguments: IncidentKind.allCases) func kinds(code: IncidentKind) { expectPromise(of: code.rawValue) }

  @Test(arguments: PhaseName.allCases) func phases(code: PhaseName) { expectPromise(of: code.rawValue) }

  @Test(arguments: RootCauseCode.allCases) func rootCauses(code: RootCauseCode) { expectPromise(of: code.rawValue) }

  @Test(arguments: FindingCode.allCases) func findings(code: FindingCode) { expectPromise(of: code.rawValue) }

  @Test(arguments: RemedyCode.allCases) func remedies(code: RemedyCode) { expectPromise(of: code.rawValue) }

  private func expectPromise(of code: String) {
    let isPromised = promised.contains(code)
    #expect(isPromised, "no scenario says that \(code) is right")
  }
}

extension LeaderScenario {
  /// What a right report must hold; where several words would be right, none is promised.
  fileprivate var promisedCodes: [String] {
    let keys: Set<String> = ["kind", "kinds", "cause", "contributing", "findings", "top", "remedies", "phases"]
    return expectations.filter { keys.contains($0.key.prefix { $0 != "[" }.description) }.flatMap { expectation in
      expectation.value.split { $0 == "," || $0 == " " }.map(String.init)
    }.filter { !$0.contains("|") }
  }
}

extension MemberScenario {
  /// What a right report must hold; where several words would be right, none is promised.
  fileprivate var promisedCodes: [String] {
    let keys = ["incidents", "cause", "findings", "top findings", "remedies", "phases"]
    return keys.flatMap { key -> [String] in expected[key] ?? [] }.filter { !$0.contains("|") }
      .map { value in String(value.prefix { $0 != " " }) }
  }
}
