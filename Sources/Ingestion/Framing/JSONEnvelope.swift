import Model

/// One JSON object a line, around a component's line: docker's json-file, `journalctl -o json`, log shippers, Loki.
///
/// Components print JSON too (etcd, Patroni). An envelope is told by keys that only collectors write.
enum JSONEnvelope {
  static func recognise(_ bytes: Span<UInt8>, _ line: LineCursor, _ stamps: inout StampReader) -> Recognition? {
    if let pod = loggingPod(bytes, line) { return pod }
    guard mayBeEnvelope(bytes, line) else { return nil }
    let keys = EnvelopeKeys(bytes, line.at..<line.end)
    return docker(bytes, keys, &stamps) ?? journal(bytes, keys) ?? shipper(bytes, keys, &stamps)
      ?? loki(bytes, keys, &stamps) ?? cloud(bytes, keys, &stamps)
  }

  /// `{"level":"info","ts":"…","logger":"postgres","logging_pod":"cluster-1",…}`, which CloudNativePG's instance manager
  /// writes for itself and its server: the object is the record, and names the pod.
  private static func loggingPod(_ bytes: Span<UInt8>, _ line: LineCursor) -> Recognition? {
    guard bytes.has("{\"level\":", at: line.at, end: line.end) else { return nil }
    var cursor = LineCursor(at: line.at + 9, end: line.end)
    let limit = min(line.end, line.at + 512)
    while cursor.at < limit {
      guard cursor.skip("\"logging_pod\":", bytes) else {
        cursor.at += 1
        continue
      }
      cursor.skipBlanks(bytes)
      guard cursor.skip(.quote, bytes) else { return nil }
      let first = cursor.at
      while cursor.peek(bytes).isNameByte { cursor.at += 1 }
      guard cursor.at > first, cursor.peek(bytes) == .quote else { return nil }
      return Recognition(
        framing: .dockerJSON,
        nameKind: .container,
        name: first..<cursor.at,
        payload: line.at..<line.end
      )
    }
    return nil
  }

  /// Google Cloud Logging: `{"textPayload":"…","resource":{"labels":{"pod_name":"…"}},"timestamp":"…Z"}`.
  private static func cloud(
    _ bytes: Span<UInt8>,
    _ keys: EnvelopeKeys,
    _ stamps: inout StampReader
  ) -> Recognition? {
    guard let text = keys.textPayload, let time = keys.timestamp else { return nil }
    var found = Recognition(framing: .dockerJSON, payload: text, encoding: .jsonString)
    found.outer = instant(bytes, time, &stamps)
    name(&found, keys, bytes)
    return found
  }

  /// The first key decides for nearly all component lines, such as etcd's `{"level":`.
  private static func mayBeEnvelope(_ bytes: Span<UInt8>, _ line: LineCursor) -> Bool {
    guard line.peek(bytes) == UInt8(ascii: "{"), line.peek(bytes, 1) == .quote else { return false }
    return !bytes.has("\"level\"", at: line.at + 1, end: line.end)
  }

  /// `{"log":"…\n","stream":"stderr","time":"…Z"}`, also as fluentd enriches it.
  private static func docker(
    _ bytes: Span<UInt8>,
    _ keys: EnvelopeKeys,
    _ stamps: inout StampReader
  ) -> Recognition? {
    let hasOrigin = keys.time != nil || keys.stream != nil || keys.containerName != nil || keys.podName != nil
    guard let log = keys.log, hasOrigin else { return nil }
    var found = Recognition(framing: .dockerJSON, payload: log, encoding: .jsonString)
    let isError = keys.stream.map { bytes.equal($0, "stderr") } ?? false
    found.completeness = .byLineFeed(stream: isError ? 2 : 1)
    found.outer = keys.time.flatMap { instant(bytes, $0, &stamps) }
    name(&found, keys, bytes)
    return found
  }

  /// Reads `{"__REALTIME_TIMESTAMP":"…","_HOSTNAME":"pg2","SYSLOG_IDENTIFIER":"patroni","MESSAGE":"…"}`.
  private static func journal(_ bytes: Span<UInt8>, _ keys: EnvelopeKeys) -> Recognition? {
    guard let message = keys.journalMessage, keys.realtime != nil || keys.hostName != nil else { return nil }
    var found = Recognition(framing: .journaldJSON, payload: message, encoding: .jsonBytes)
    if let content = JSONMembers.stringContent(bytes, message) {
      found.payload = content
      found.encoding = .jsonString
    }
    found.identifier = keys.identifier ?? keys.command ?? 0..<0
    found.outer = keys.realtime.flatMap { realtime(bytes, $0) }
    name(&found, keys, bytes)
    return found
  }

  /// Filebeat and its kin: `@timestamp` is when the line was read.
  private static func shipper(
    _ bytes: Span<UInt8>,
    _ keys: EnvelopeKeys,
    _ stamps: inout StampReader
  ) -> Recognition? {
    guard keys.isShipped, let message = keys.message, let time = keys.atTimestamp else { return nil }
    var found = Recognition(framing: .dockerJSON, payload: message, encoding: .jsonString)
    found.outer = instant(bytes, time, &stamps)
    name(&found, keys, bytes)
    return found
  }

  /// `{"labels":{"container":"pg2"},"line":"…","timestamp":"…Z"}`, which `logcli -o jsonl` prints.
  private static func loki(
    _ bytes: Span<UInt8>,
    _ keys: EnvelopeKeys,
    _ stamps: inout StampReader
  ) -> Recognition? {
    guard keys.hasLabels, let line = keys.line, let time = keys.timestamp else { return nil }
    var found = Recognition(framing: .dockerJSON, payload: line, encoding: .jsonString)
    found.outer = instant(bytes, time, &stamps)
    name(&found, keys, bytes)
    return found
  }

  private static func name(_ found: inout Recognition, _ keys: EnvelopeKeys, _ bytes: Span<UInt8>) {
    if var container = keys.podName ?? keys.containerName, !container.isEmpty {
      // The Docker API writes names with a leading slash.
      if bytes[container.lowerBound] == UInt8(ascii: "/") { container = container.dropFirst() }
      found.nameKind = .container
      found.name = container
    } else if let host = keys.hostName, HostPrefix.isHost(bytes, host) {
      found.nameKind = .host
      found.name = host
    }
  }

  private static func instant(_ bytes: Span<UInt8>, _ value: Range<Int>, _ stamps: inout StampReader) -> Stamp? {
    var cursor = LineCursor(at: value.lowerBound, end: value.upperBound)
    return stamps.zonedDateTime(bytes, &cursor)?.stamp
  }

  /// Microseconds since 1970.
  private static func realtime(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Stamp? {
    var cursor = LineCursor(at: value.lowerBound, end: value.upperBound)
    guard let microseconds = cursor.number(upTo: 18, bytes), cursor.isAtEnd else { return nil }
    return Stamp(milliseconds: Int64(microseconds / 1000), zoneOffset: 0)
  }
}
