import Contract

/// Sets a clock that is off.
enum FixClock: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    advice.incident.findings.filter { $0.code == .clockSkew }.map { finding in
      let member = finding.member.map { advice.context.member($0) }
      let check = "chronyc tracking"
      return Remedy(
        code: .fixClock,
        urgency: .soon,
        summary: "Set the clock of \(finding.member ?? "the source") by NTP: wrong times mislead people, leases and "
          + "certificates.",
        commands: [member.map { $0.runtime.runningHere(check) } ?? check, "timedatectl status"],
        risk: "A clock that jumps may let leases end early: let it slew.",
        verify: ["chronyc tracking shows an offset below 0.1 s on every host"],
        answers: [.clockSkew]
      )
    }
  }
}
