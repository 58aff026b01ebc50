import Contract

// Findings about the DCS, and about the log itself.

extension CodeMeaning {
  static let dcsFindings: [CodeMeaning] = [
    CodeMeaning(
      FindingCode.dcsMemberLost,
      "A DCS member is gone, the quorum is kept",
      means: """
        The store works, with one failure less to spare.
        """,
      why: """
        A node of etcd crashed, was stopped, or lost its network.
        """,
      signs: """
        `peer became inactive`, `lost TCP streaming connection with remote peer`, while a leader remains.
        """,
      next: """
        Bring the member back before the next one fails.
        """,
      see: ["restore_dcs_member"]
    ),
    CodeMeaning(
      FindingCode.dcsSingleMember,
      "The DCS has one member only",
      means: """
        Its failure stops the whole database cluster.
        """,
      why: """
        It was set up that way, often from an example.
        """,
      signs: """
        One member in etcd's initial-cluster, one host in Patroni's DCS section.
        """,
      next: """
        Grow it to three members on different hosts. Two are worse than one: either loss ends the quorum.
        """,
      see: ["resize_dcs", "enable_failsafe"]
    ),
    CodeMeaning(
      FindingCode.dcsQuorumLost,
      "The DCS had no leader or quorum",
      means: """
        No lock could be written, so leaders demote or run in failsafe mode.
        """,
      why: """
        The majority of members was down or unreachable.
        """,
      signs: """
        `lost leader`, `no leader`, `quorum is not active`, and DCS errors on every Patroni member.
        """,
      next: """
        Start the missing members; only if they are lost for good, restore the store from a snapshot.
        """,
      see: ["restore_dcs"]
    ),
    CodeMeaning(
      FindingCode.dcsUnreachable,
      "One member cannot reach the DCS that others reach",
      means: """
        The fault is on this member's side or on its way.
        """,
      why: """
        Network, firewall, DNS, certificates, a local proxy or agent.
        """,
      signs: """
        `Error communicating with DCS` or connection errors on this member alone.
        """,
      next: """
        Try each endpoint from that host; look at the expiry of certificates.
        """,
      see: ["fix_network", "dcs_outage"]
    ),
    CodeMeaning(
      FindingCode.dcsSlow,
      "The DCS answered late",
      means: """
        Requests came back after seconds; a little more and the leader would have demoted, or it did.
        """,
      why: """
        Slow disks under etcd, starved CPU, compaction or snapshots, network loss.
        """,
      signs: """
        `apply request took too long`, `slow fdatasync`, `Loop time exceeded, rescheduling immediately.`
        """,
      next: """
        Move etcd to a fast disk of its own; watch fsync and commit durations.
        """,
      see: ["fix_dcs_latency"]
    ),
  ]

  static let logFindings: [CodeMeaning] = [
    CodeMeaning(
      FindingCode.clockSkew,
      "A clock is off",
      means: """
        A source's clock differs from the others by more than it can be measured to. The report's times are corrected.
        """,
      why: """
        No or broken time synchronisation, or a zone that was guessed wrongly.
        """,
      signs: """
        Effects that stand before their causes: a connection accepted before it was opened, a lock seen before it was
        taken.
        """,
      next: """
        Repair NTP or chrony on that host. If only the zone was guessed wrongly, tell failscope the right one.
        """,
      see: ["fix_clock"]
    ),
    CodeMeaning(
      FindingCode.missingSource,
      "A member that others name has no log here",
      means: """
        Part of the story is told by others only.
        """,
      why: """
        The log was not collected, the container is gone, or the node has another name in it.
        """,
      signs: """
        Names in Patroni's, HAProxy's or the server's lines that no source belongs to.
        """,
      next: """
        Fetch it for the same minutes; the coverage section says what it could change. One node's log can never prove
        that there was no second primary.
        """,
      see: ["collect_more_logs"]
    ),
    CodeMeaning(
      FindingCode.truncatedLog,
      "The log begins or ends inside an incident",
      means: """
        Something had already gone wrong at the first line, or had not ended at the last.
        """,
      why: """
        A tail, a rotation, a time filter that is too tight.
        """,
      signs: """
        Failing clients or a missing leader at the edge of the log.
        """,
      next: """
        Fetch ten minutes more on that side.
        """,
      see: ["collect_more_logs", "ongoing"]
    ),
  ]
}
