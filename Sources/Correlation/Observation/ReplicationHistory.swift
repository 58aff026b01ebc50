package import Model

/// How one standby streamed.
package struct ReplicationHistory: Sendable {
  /// Spans of streaming; a span that was broken off again within two seconds is not counted as streaming.
  package let streams: [Window]
  /// Breaks of the stream, in time order.
  package let breaks: [Occurrence]

  package init(of member: String, in occurrences: Occurrences) {
    var streams: [Window] = []
    var breaks: [Occurrence] = []
    let kinds: [EventKind] = [
      .replicationStreaming, .replicationBroken, .replicationTerminated, .replicationReceiverStopped,
      .timelineDiverged, .serverShutdownRequested, .serverShutDown, .runtimeExited,
    ]
    for occurrence in occurrences.of(kinds, member: member) {
      if occurrence.kind == .replicationStreaming {
        if streams.last?.to == nil, !streams.isEmpty { continue }
        streams.append(Window(from: occurrence.at, to: nil))
      } else {
        if occurrence.kind != .serverShutdownRequested, occurrence.kind != .serverShutDown { breaks.append(occurrence) }
        if let last = streams.last, last.to == nil { streams[streams.count - 1].to = occurrence.at }
      }
    }
    self.streams = streams.filter { ($0.seconds ?? .infinity) > 2 }
    self.breaks = breaks
  }

  /// The begin of the first stream after an instant that lasts.
  package func lastingStream(after instant: Instant) -> Instant? {
    streams.first { $0.from >= instant }?.from
  }

  /// Whether the member streams at the end of the log.
  package var isStreamingAtEnd: Bool {
    streams.last.map { $0.to == nil } ?? false
  }
}
