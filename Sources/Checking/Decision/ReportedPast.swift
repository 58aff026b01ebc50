package import Contract
import Model

/// What the report knows, as far as it matters for what has become of it.
package struct ReportedPast: Hashable, Sendable {
  package let report: Report

  package init(_ report: Report) {
    self.report = report
  }

  /// The promotions after the report's last line, by the cluster's own history.
  ///
  /// Nil if the history is not known, or if the report tells neither a timeline nor a time.
  package func promotionsSince(_ history: [Promotion]?) -> [Promotion]? {
    guard let history else { return nil }
    if let timeline = report.cluster.timelineAtEnd { return history.filter { $0.from >= timeline } }
    guard let last = report.input.lastAt else { return nil }
    return history.filter { $0.at.map { $0 > last } ?? false }
  }

  /// How many timelines the leader is ahead of the report; negative if it is behind, nil if either is unknown.
  package func timelinesSince(_ leader: LeaderSight) -> Int? {
    guard let then = report.cluster.timelineAtEnd, let now = leader.timeline else { return nil }
    return now - then
  }

  /// `patronictl` as the report's own commands call it, with its configuration file.
  package var patronictl: String {
    let commands = report.incidents.flatMap(\.remediation).flatMap { $0.commands + $0.verify }
    for command in commands {
      let words = command.split(separator: " ")
      guard let index = words.firstIndex(of: "patronictl"), index + 2 < words.count, words[index + 1] == "-c" else {
        continue
      }
      return words[...(index + 2)].joined(separator: " ")
    }
    return "patronictl -c /etc/patroni.yml"
  }
}
