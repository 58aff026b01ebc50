/// Where the values of interest stand in a collector's JSON object; strings without their quotes.
struct EnvelopeKeys {
  // MARK: docker json-file, fluentd
  var log: Range<Int>?
  var stream: Range<Int>?
  var time: Range<Int>?

  // MARK: journald; the message as written, since it may be an array
  var journalMessage: Range<Int>?
  var realtime: Range<Int>?
  var identifier: Range<Int>?
  var command: Range<Int>?

  // MARK: Filebeat, Loki, Google Cloud
  var message: Range<Int>?
  var atTimestamp: Range<Int>?
  var line: Range<Int>?
  var timestamp: Range<Int>?
  var textPayload: Range<Int>?
  var isShipped = false
  var hasLabels = false

  // MARK: Who wrote it
  var containerName: Range<Int>?
  var podName: Range<Int>?
  var hostName: Range<Int>?

  init(_ bytes: Span<UInt8>, _ object: Range<Int>) {
    var members = JSONMembers(object)
    while let (key, value) = members.next(bytes) {
      let text = JSONMembers.stringContent(bytes, value)
      if bytes[key.lowerBound < key.upperBound ? key.lowerBound : value.lowerBound] == UInt8(ascii: "_")
        || isCapital(bytes, key)
      {
        readJournal(bytes, key, value, text)
      } else if let text {
        readText(bytes, key, text)
      } else {
        readObject(bytes, key, value)
      }
    }
  }

  private func isCapital(_ bytes: Span<UInt8>, _ key: Range<Int>) -> Bool {
    !key.isEmpty && bytes[key.lowerBound] &- 0x41 < 26
  }

  private mutating func readJournal(
    _ bytes: Span<UInt8>,
    _ key: Range<Int>,
    _ value: Range<Int>,
    _ text: Range<Int>?
  ) {
    if bytes.equal(key, "MESSAGE") {
      journalMessage = value
    } else if bytes.equal(key, "__REALTIME_TIMESTAMP") {
      realtime = text
    } else if bytes.equal(key, "_HOSTNAME") {
      hostName = text
    } else if bytes.equal(key, "SYSLOG_IDENTIFIER") {
      identifier = text
    } else if bytes.equal(key, "_COMM") {
      command = text
    } else if bytes.equal(key, "CONTAINER_NAME") {
      containerName = text
    }
  }

  private mutating func readText(_ bytes: Span<UInt8>, _ key: Range<Int>, _ text: Range<Int>) {
    if bytes.equal(key, "log") {
      log = text
    } else if bytes.equal(key, "stream") {
      stream = text
    } else if bytes.equal(key, "time") {
      time = text
    } else if bytes.equal(key, "message") {
      message = text
    } else if bytes.equal(key, "@timestamp") {
      atTimestamp = text
      if log != nil { time = time ?? text }
    } else if bytes.equal(key, "line") {
      line = text
    } else if bytes.equal(key, "timestamp") {
      timestamp = text
    } else if bytes.equal(key, "textPayload") {
      textPayload = text
    } else if bytes.equal(key, "container_name") {
      containerName = text
    }
  }

  private mutating func readObject(_ bytes: Span<UInt8>, _ key: Range<Int>, _ value: Range<Int>) {
    guard bytes[value.lowerBound] == UInt8(ascii: "{") else { return }
    if bytes.equal(key, "host") {
      isShipped = true
      hostName = member(bytes, value, "name") ?? hostName
    } else if bytes.equal(key, "container") {
      isShipped = true
      containerName = member(bytes, value, "name") ?? containerName
    } else if bytes.equal(key, "kubernetes") {
      isShipped = true
      podName = member(bytes, value, "pod_name") ?? member(bytes, value, "pod", "name") ?? podName
    } else if bytes.equal(key, "agent") || bytes.equal(key, "log") || bytes.equal(key, "ecs") {
      isShipped = true
    } else if bytes.equal(key, "resource") {
      podName = member(bytes, value, "labels", "pod_name") ?? podName
    } else if bytes.equal(key, "attrs") {
      containerName = member(bytes, value, "tag") ?? containerName
    } else if bytes.equal(key, "labels") {
      hasLabels = true
      podName = member(bytes, value, "pod") ?? podName
      containerName = member(bytes, value, "container") ?? member(bytes, value, "container_name") ?? containerName
      hostName = member(bytes, value, "host") ?? hostName
    }
  }

  /// The text of the member called `name`, or of `inner` in the object of that name.
  private func member(
    _ bytes: Span<UInt8>,
    _ object: Range<Int>,
    _ name: StaticString,
    _ inner: StaticString? = nil
  ) -> Range<Int>? {
    var members = JSONMembers(object)
    while let (key, value) = members.next(bytes) {
      guard bytes.equal(key, name) else { continue }
      if let inner { return member(bytes, value, inner) }
      return JSONMembers.stringContent(bytes, value)
    }
    return nil
  }
}
