package import Model

/// How one standby streamed.
package struct ReplicationHistory: Sendable {
  /// Spans of streaming; a span that was broken off again within ten seconds is not counted as streaming.
  package let streams: [Window]
  /// Breaks of the stream, in time order.
  package let breaks: [Occurrence]

  package init(of member: String, in occurrences: Occurrences) {
    var streams: [Stream] = []
    var breaks: [Occurrence] = []
    let kinds: [EventKind] = [
      .replicationStreaming, .replicationBroken, .replicationTerminated, .replicationReceiverStopped,
      .replicationConnectFailed, .replicationWALMissing, .replicationSlotLost, .replicationAhead,
      .faultSystemIDMismatch, .timelineDiverged, .serverShutdownRequested, .serverShutDown, .runtimeExited,
      .serverStarting,
      .serverWasInterrupted,
    ]
    // A server that stops or starts ends its stream, but the stream did not break.
    let ends: Set<EventKind> = [.serverShutdownRequested, .serverShutDown, .serverStarting, .serverWasInterrupted]
    for occurrence in occurrences.list(of: kinds, member: member)
    where !occurrence.isAgentKilled && !occurrence.isSaidByUpstream {
      if occurrence.kind == .replicationStreaming {
        if let last = streams.last, last.end == nil { continue }
        streams.append(Stream(start: occurrence, end: nil))
      } else {
        if !ends.contains(occurrence.kind) { breaks.append(occurrence) }
        if let last = streams.last, last.end == nil { streams[streams.count - 1].end = occurrence }
      }
    }
    self.streams = Self.lasting(streams, breaks: breaks, logEnd: occurrences.all.last?.at)
    self.breaks = breaks
  }

  /// Leaves out attempts that broke off at once, and an attempt at the log's end that only follows such ones.
  private static func lasting(_ streams: [Stream], breaks: [Occurrence], logEnd: Instant?) -> [Window] {
    let patience = 10.0
    var lastFailed = false
    return streams.compactMap { stream in
      let from = stream.start.at
      let next = breaks.after(index: stream.start.index).first
      let isBroken = next.map { $0.at.seconds(since: from) < patience } ?? false
      let isUnproven = lastFailed && stream.end == nil && (logEnd ?? from).seconds(since: from) < patience
      lastFailed = isBroken
      return isBroken || isUnproven ? nil : Window(from: from, to: stream.end?.at)
    }
  }

  /// One attempt to stream.
  private struct Stream {
    var start: Occurrence
    var end: Occurrence?
  }

  /// The begin of the first stream after an instant that lasts.
  package func lastingStream(after instant: Instant) -> Instant? {
    streams[streams.partition { $0.from >= instant }...].first?.from
  }

  /// Whether the member streams at the end of the log.
  package var isStreamingAtEnd: Bool {
    streams.last.map { $0.to == nil } ?? false
  }
}
