import Contract

/// Lets the application survive what no setting can take away.
enum RetryInApplication: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    guard advice.has(.readOnlyWrites) else { return [] }
    return [
      Remedy(
        code: .retryInApplication,
        urgency: .later,
        summary: "Let the application close the connection and repeat the transaction on SQLSTATE 25006 (read-only), "
          + "57P01 to 57P03 "
          + "and 08xxx, with growing pauses from 0.2 s to 5 s.",
        risk: "A commit whose answer was lost may have happened: repeat only what can be done twice, or look first.",
        verify: ["a planned switchover under load ends without errors that users see"],
        answers: [.readOnlyWrites]
      )
    ]
  }
}
