import Contract

/// Looks for what killed a server process.
enum InvestigateCrash: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    let answered = advice.found(.crashRestart, .uncleanStop)
    guard !answered.isEmpty else { return [] }
    let name = advice.finding(.crashRestart)?.member ?? advice.finding(.uncleanStop)?.member
    let member = name.map { advice.context.member($0) }
    return [
      Remedy(
        code: .investigateCrash,
        urgency: .soon,
        summary: "Find out what killed the server process on \(name ?? "the member"): memory, a signal by hand, a "
          + "fault in an extension.",
        commands: commands(for: member),
        verify: ["the cause is named, and does not depend on chance"],
        answers: answered
      )
    ]
  }

  private static func commands(for member: MemberOutlook?) -> [String] {
    let kernel = "sudo dmesg -T | grep -iE 'out of memory|oom|killed process|segfault'"
    switch member?.runtime {
    case .container(let name):
      let word = ShellWord.word(name, or: "CONTAINER")
      return [
        "docker inspect --format '{{.State.ExitCode}} {{.State.OOMKilled}} {{.State.FinishedAt}}' "
          + "\(word)", kernel,
      ]
    case .composeService(let name):
      return ["docker compose ps --all --format json \(ShellWord.word(name, or: "SERVICE"))", kernel]
    case .pod(let name):
      return ["kubectl describe pod \(ShellWord.word(name, or: "POD"))", "kubectl get events --sort-by=.lastTimestamp"]
    case .host(let name):
      let place = "  # on \(ShellWord.word(name, or: "HOST"))"
      return [kernel + place, "coredumpctl list postgres" + place]
    case nil:
      return [kernel]
    }
  }
}
