import Contract

/// Lets the kernel reset a node whose Patroni no longer runs.
enum EnableWatchdog: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    let answered = advice.found(.dualPrimary, .patroniKilled, .watchdogUnavailable)
    guard !answered.isEmpty else { return [] }
    let member = advice.finding(.watchdogUnavailable)?.member ?? advice.incident.oldPrimary
    let check = member.map { advice.context.member($0).runtime.runningHere("ls -l /dev/watchdog") }
    return [
      Remedy(
        code: .enableWatchdog,
        urgency: .later,
        summary: "Give Patroni a watchdog: it resets a node whose Patroni hangs or died before another member becomes "
          + "primary.",
        commands: [check].compactMap { $0 }
          + CommandWriter.configuration(
            "patroni.yml",
            "watchdog: {mode: automatic, device: /dev/watchdog, safety_margin: 5}"
          ),
        risk: "The whole node is reset, with everything else that runs on it. With mode required, a member without a "
          + "working "
          + "watchdog is never promoted.",
        preconditions: ["the device exists (softdog will do), and Patroni's user may write to it"],
        verify: ["Patroni's log says that its watchdog is activated when the member becomes leader"],
        answers: answered
      )
    ]
  }
}
