import Contract

/// Bounds the time for which a WAL receiver that looks for the lost primary can hold up a promotion.
///
/// Neither `connect_timeout` nor keepalives do that here: Patroni writes `primary_conninfo` from a closed list of
/// keywords without it (`format_dsn` in `patroni/postgresql/config.py`), and the WAL receiver connects through libpq's
/// asynchronous interface, which ignores it. What cannot be interrupted is the look-up of the host name.
enum SetConnectTimeout: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    guard let finding = advice.finding(.promotionStalled) else { return [] }
    let slow = finding.member.map { advice.context.member($0) }
    let name = advice.commands.name(advice.incident.oldPrimary, or: "OLD_PRIMARY")
    let lookUp = slow.map { [$0.runtime.runningScript("time getent hosts \(name)")] } ?? []
    return [
      Remedy(
        code: .setConnectTimeout,
        urgency: .later,
        summary: "Bound how long a standby can wait for the lost primary: use addresses instead of names, "
          + "or let look-ups fail within two seconds.",
        commands: lookUp
          + CommandWriter.configuration(
            "patroni.yml of each member, in the section postgresql",
            "connect_address: IP_ADDRESS:5432"
          )
          + CommandWriter.configuration("/etc/resolv.conf of each member", "options timeout:1 attempts:2"),
        risk: "connect_address is where all members and clients of Patroni's API are sent: a wrong one cuts the member "
          + "off. "
          + "A connect_timeout in Patroni's settings does not help, as it is not passed on to primary_conninfo.",
        preconditions: ["the addresses are fixed"],
        verify: [
          "a look-up of a stopped member's name fails within two seconds",
          "in a test, redo done follows received promote request within a second",
        ],
        answers: advice.found(.promotionStalled)
      )
    ]
  }
}
