import Model

/// Whether the member that was promoted had been a synchronous standby when the old primary was lost.
///
/// A commit that was acknowledged then had reached it. Patroni promotes nobody else in synchronous mode.
struct SynchronousProof {
  /// The line that made it one; nil if the log does not show it, or shows that it was over.
  let line: Occurrence?

  init(change: LeadershipChange, observations: Observations) {
    let before = Window(from: Window.always.from, to: change.acquiredAt)
    let told = observations.occurrences.of(
      .replicationSyncChanged,
      .replicationSyncMissing,
      member: change.oldPrimary,
      in: before
    )
    let ended = told.last { Self.ends($0, for: change.newPrimary) }
    line = told.last { $0.index > ended?.index ?? -1 && Self.names(change.newPrimary, in: $0) }
  }

  private static func names(_ member: String, in occurrence: Occurrence) -> Bool {
    let names = occurrence.fields[.members]?.split { ", []'\"".contains($0) }.map(String.init) ?? []
    return names.contains(member) && occurrence.kind == .replicationSyncChanged
  }

  /// Whether from this line on a commit no longer waits for the member.
  private static func ends(_ occurrence: Occurrence, for member: String) -> Bool {
    guard occurrence.kind == .replicationSyncChanged else { return true }
    switch occurrence.reason {
    case "disabled", "inconsistent", "conflict": return true
    case "narrowed", "removed": return !names(member, in: occurrence)
    // PostgreSQL names one standby a line, Patroni all of them.
    case "assigned": return occurrence.fields[.members] != nil && !names(member, in: occurrence)
    default: return false
    }
  }
}
