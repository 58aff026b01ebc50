package import Model

/// What the incident did to clients.
package struct Impact: Codable, Hashable, Sendable {
  /// The longest.
  package var writeOutage: ImpactWindow?
  package var otherWriteOutages: [ImpactWindow]
  package var readOutage: ImpactWindow?
  package var otherReadOutages: [ImpactWindow]
  /// From the first to the last refused write.
  package var readOnlyWindow: ImpactWindow?
  package var routingOutage: ImpactWindow?
  package var failedWrites: Int?
  package var failedReads: Int?
  package var errors: [ErrorCount]
  package var lostWrites: LostWrites
  package var dualPrimary: DualPrimaryVerdict

  package init(
    writeOutage: ImpactWindow? = nil,
    otherWriteOutages: [ImpactWindow] = [],
    readOutage: ImpactWindow? = nil,
    otherReadOutages: [ImpactWindow] = [],
    readOnlyWindow: ImpactWindow? = nil,
    routingOutage: ImpactWindow? = nil,
    failedWrites: Int? = nil,
    failedReads: Int? = nil,
    errors: [ErrorCount] = [],
    lostWrites: LostWrites,
    dualPrimary: DualPrimaryVerdict
  ) {
    self.writeOutage = writeOutage
    self.otherWriteOutages = otherWriteOutages
    self.readOutage = readOutage
    self.otherReadOutages = otherReadOutages
    self.readOnlyWindow = readOnlyWindow
    self.routingOutage = routingOutage
    self.failedWrites = failedWrites
    self.failedReads = failedReads
    self.errors = errors
    self.lostWrites = lostWrites
    self.dualPrimary = dualPrimary
  }

  private enum CodingKeys: String, CodingKey {
    case writeOutage = "write_outage"
    case otherWriteOutages = "other_write_outages"
    case readOutage = "read_outage"
    case otherReadOutages = "other_read_outages"
    case readOnlyWindow = "read_only_window"
    case routingOutage = "routing_outage"
    case failedWrites = "failed_writes"
    case failedReads = "failed_reads"
    case errors
    case lostWrites = "lost_writes"
    case dualPrimary = "dual_primary"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(writeOutage, forKey: .writeOutage)
    try container.encode(otherWriteOutages, forKey: .otherWriteOutages)
    try container.encode(readOutage, forKey: .readOutage)
    try container.encode(otherReadOutages, forKey: .otherReadOutages)
    try container.encode(readOnlyWindow, forKey: .readOnlyWindow)
    try container.encode(routingOutage, forKey: .routingOutage)
    try container.encode(failedWrites, forKey: .failedWrites)
    try container.encode(failedReads, forKey: .failedReads)
    try container.encode(errors, forKey: .errors)
    try container.encode(lostWrites, forKey: .lostWrites)
    try container.encode(dualPrimary, forKey: .dualPrimary)
  }
}

/// A span in which clients could not work; the true duration lies between `minimum` and `maximum`.
package struct ImpactWindow: Codable, Hashable, Sendable {
  package var from: Instant
  package var to: Instant?
  package var duration: Double?
  package var minimum: Double?
  package var maximum: Double?
  package var observedBy: Observer

  package init(
    from: Instant,
    to: Instant? = nil,
    duration: Double? = nil,
    minimum: Double? = nil,
    maximum: Double? = nil,
    observedBy: Observer
  ) {
    self.from = from
    self.to = to
    self.duration = duration
    self.minimum = minimum
    self.maximum = maximum
    self.observedBy = observedBy
  }

  private enum CodingKeys: String, CodingKey {
    case from
    case to
    case duration = "duration_s"
    case minimum = "min_s"
    case maximum = "max_s"
    case observedBy = "observed_by"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(from, forKey: .from)
    try container.encode(to, forKey: .to)
    try container.encode(duration, forKey: .duration)
    try container.encode(minimum, forKey: .minimum)
    try container.encode(maximum, forKey: .maximum)
    try container.encode(observedBy, forKey: .observedBy)
  }
}

/// An error text and how often clients met it.
package struct ErrorCount: Codable, Hashable, Sendable {
  package var text: String
  package var count: Int

  package init(
    text: String,
    count: Int = 0
  ) {
    self.text = text
    self.count = count
  }

  private enum CodingKeys: String, CodingKey {
    case text
    case count
  }
}

/// Whether acknowledged writes are missing on the new primary.
package struct LostWrites: Codable, Hashable, Sendable {
  package var verdict: LostWritesVerdict
  /// At least so many acknowledged writes are lost.
  package var lower: Int?
  /// At most so many.
  package var upper: Int?
  /// WAL that the fork discards.
  package var walBytes: Int?
  package var explanation: String
  package var evidence: [Evidence]

  package init(
    verdict: LostWritesVerdict,
    lower: Int? = nil,
    upper: Int? = nil,
    walBytes: Int? = nil,
    explanation: String,
    evidence: [Evidence] = []
  ) {
    self.verdict = verdict
    self.lower = lower
    self.upper = upper
    self.walBytes = walBytes
    self.explanation = explanation
    self.evidence = evidence
  }

  private enum CodingKeys: String, CodingKey {
    case verdict
    case lower
    case upper
    case walBytes = "wal_bytes"
    case explanation
    case evidence
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(verdict, forKey: .verdict)
    try container.encode(lower, forKey: .lower)
    try container.encode(upper, forKey: .upper)
    try container.encode(walBytes, forKey: .walBytes)
    try container.encode(explanation, forKey: .explanation)
    try container.encode(evidence, forKey: .evidence)
  }
}
