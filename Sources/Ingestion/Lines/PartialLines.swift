import Model

/// Records that the container runtime has split, until their last part arrives.
struct PartialLines: Sendable {
  /// The parts of one record so far.
  struct Part {
    var place: LinePlace
    var stream: UInt8
    var bytes: [UInt8]
    /// The line of the first part.
    var number: Int
    var outer: Stamp?
  }

  /// More streams than this never have a record open at once in a real log.
  private static let limit = 16

  private var parts: [Part] = []

  var isEmpty: Bool { parts.isEmpty }

  /// Takes out what has come of the stream's record.
  mutating func take(_ source: SourceID, _ stream: UInt8) -> Part? {
    guard !parts.isEmpty, let index = parts.firstIndex(where: { $0.place.source == source && $0.stream == stream })
    else {
      return nil
    }
    return parts.remove(at: index)
  }

  /// Keeps a record that goes on; returns another one that has to be given up for it.
  mutating func keep(_ part: Part) -> Part? {
    parts.append(part)
    return parts.count > Self.limit ? parts.removeFirst() : nil
  }

  /// Takes out everything, at the end of the input.
  mutating func takeAll() -> [Part] {
    defer { parts = [] }
    return parts
  }
}
