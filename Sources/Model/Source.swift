/// Index of a source in the list that ingestion keeps.
package struct SourceID: Hashable, Comparable, Sendable {
  package var index: Int

  package init(_ index: Int) {
    self.index = index
  }

  package static func < (left: SourceID, right: SourceID) -> Bool {
    left.index < right.index
  }
}

/// One stream of lines that share a writer and a clock: a compose service, a pod's container, a host's journal, a file.
package struct Source: Hashable, Sendable {
  /// The name in the prefix (`pg1`), or the file's stem if lines carry none.
  package var name: String
  /// The input that it was read from, as given on the command line; `-` for standard input.
  package var path: String
  /// The index of that input in reading order.
  package var input: Int
  /// What stands around each line.
  package var framing: Framing
  /// Whether the name was taken from a prefix, so that other sources share the input and its arrival order.
  package var isNamedByPrefix: Bool

  package init(name: String, path: String, input: Int, framing: Framing, isNamedByPrefix: Bool) {
    self.name = name
    self.path = path
    self.input = input
    self.framing = framing
    self.isNamedByPrefix = isNamedByPrefix
  }
}

/// What a container runtime or log collector puts around a component's line.
package enum Framing: String, CaseIterable, Hashable, Sendable {
  case plain
  case compose
  case composeTimestamps = "compose_timestamps"
  case dockerTimestamps = "docker_timestamps"
  case dockerJSON = "docker_json"
  case kubectl
  case stern
  case cri
  case journaldShort = "journald_short"
  case journaldISO = "journald_iso"
  case journaldJSON = "journald_json"
  case journaldExport = "journald_export"
  case syslogRFC3164 = "syslog_rfc3164"
  case syslogRFC5424 = "syslog_rfc5424"
  case svlogd
}
