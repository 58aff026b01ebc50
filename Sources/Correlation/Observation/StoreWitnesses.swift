import Model

/// Members of the store that others tell to be gone, where no line of their own or of their container does.
struct StoreWitnesses {
  /// How far apart the lines of two witnesses of one loss may be, in seconds.
  private static let agreement = 10.0
  /// A member that is found again sooner was restarted or met a short disturbance, in seconds.
  private static let absence = 15.0

  let occurrences: Occurrences

  /// For each member of the store that went away, as often as it did, the first witness' line.
  ///
  /// One witness may be cut off itself; two that lose the same member, and do not find it again at once, are not.
  var losses: [Occurrence] {
    let lines = occurrences.of(.dcsPeerLost, .dcsPeerRestored).filter { $0.fields[.peer] != nil }
    return Dictionary(grouping: lines) { $0.fields[.peer] ?? "" }.values
      .flatMap(losses(in:))
      .sorted { $0.index < $1.index }
  }

  /// The losses of one member, from all that was told of it in order.
  private func losses(in lines: [Occurrence]) -> [Occurrence] {
    var losses: [Occurrence] = []
    var isGone = false
    for (position, line) in lines.enumerated() {
      if line.kind == .dcsPeerRestored {
        isGone = false
      } else if !isGone, isLoss(line, followedBy: lines[(position + 1)...]) {
        losses.append(line)
        isGone = true
      }
    }
    return losses
  }

  private func isLoss(_ line: Occurrence, followedBy later: ArraySlice<Occurrence>) -> Bool {
    guard let end = occurrences.all.last?.at, end.seconds(since: line.at) >= Self.absence else { return false }
    let soon = later.prefix { $0.at.seconds(since: line.at) <= Self.absence }
    let isWitnessed = soon.contains {
      $0.kind == .dcsPeerLost && $0.source != line.source && $0.at.seconds(since: line.at) <= Self.agreement
    }
    return isWitnessed && !soon.contains { $0.kind == .dcsPeerRestored }
  }
}
