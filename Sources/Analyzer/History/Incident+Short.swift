import Contract

extension Incident {
  /// The entries that are left of a timeline.
  private static let shortTimeline = 8

  /// The incident with one line of evidence for each claim, and without the commands of long ago: what is kept of the
  /// earliest of very many.
  var inShort: Incident {
    var short = self
    short.rootCause.evidence = rootCause.evidence.first.map { [$0] } ?? []
    short.impact.lostWrites.evidence = impact.lostWrites.evidence.first.map { [$0] } ?? []
    for index in phases.indices { short.phases[index].evidence = phases[index].evidence.first.map { [$0] } ?? [] }
    for index in findings.indices { short.findings[index].evidence = findings[index].evidence.first.map { [$0] } ?? [] }
    for index in remediation.indices {
      short.remediation[index].commands = []
      short.remediation[index].preconditions = []
      short.remediation[index].verify = []
    }
    if timeline.count > Self.shortTimeline, let last = timeline.last {
      short.timeline = timeline.prefix(Self.shortTimeline - 1) + [last]
    }
    return short
  }
}
