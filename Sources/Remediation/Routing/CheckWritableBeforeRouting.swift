import Contract

/// Keeps writes away from a server that is in recovery.
enum CheckWritableBeforeRouting: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    guard let finding = advice.finding(.readOnlyWrites) else { return [] }
    let isOldPrimary = finding.member != nil && finding.member == advice.incident.oldPrimary
    return [
      Remedy(
        code: .checkWritableBeforeRouting,
        urgency: .later,
        summary: isOldPrimary
          ? "Cut sessions to a demoted primary, and connect only to a server that accepts writes."
          : "Route writes only to a server that has left recovery: Patroni answers /primary with 200 as soon as the "
            + "lock is held.",
        commands: (isOldPrimary ? shutdown : externalCheck + script) + connection(in: advice),
        risk: isOldPrimary
          ? "Sessions end in the middle of their work when a server is taken out."
          : "An external check starts a process for each check; it needs external-check in the global section and a "
            + "login.",
        verify: ["in a planned switchover, no client sees cannot execute … in a read-only transaction"],
        answers: [.readOnlyWrites]
      )
    ]
  }

  private static var shutdown: [String] {
    CommandWriter.configuration("haproxy.cfg, in the backend", "default-server on-marked-down shutdown-sessions")
  }

  private static var externalCheck: [String] {
    CommandWriter.configuration(
      "haproxy.cfg, in the backend",
      "option external-check",
      "external-check path /usr/bin:/bin",
      "external-check command /usr/local/bin/is-writable"
    )
  }

  private static var script: [String] {
    CommandWriter.configuration(
      "/usr/local/bin/is-writable",
      "#!/bin/sh",
      "PGCONNECT_TIMEOUT=1 psql -h \"$3\" -p \"$4\" -U CHECK_USER -d postgres -Atc 'SELECT pg_is_in_recovery()' | grep "
        + "-qx f"
    )
  }

  /// Clients that connect without a pooler can look for the writable server themselves.
  private static func connection(in advice: Advice) -> [String] {
    let names = advice.context.members.map(\.name).filter(isHostName)
    let hosts = names.isEmpty ? "HOST1:5432,HOST2:5432" : names.map { "\($0):5432" }.joined(separator: ",")
    let address = "postgresql://\(hosts)/DATABASE?target_session_attrs=read-write&connect_timeout=3"
    return ["# clients without a pooler find the writable server themselves:", "psql \(ShellWord.quoted(address))"]
  }

  /// Letters, digits, dots and dashes, as host names have them.
  private static func isHostName(_ name: String) -> Bool {
    guard !name.isEmpty, name.utf8.count <= 253, !name.hasPrefix("-") else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"): true
      default: false
      }
    }
  }
}
