package import Model

/// A span of time; without an end it lasts until the end of the log.
package struct Window: Hashable, Sendable {
  package var from: Instant
  package var to: Instant?

  package init(from: Instant, to: Instant?) {
    self.from = from
    self.to = to
  }

  /// All of time.
  package static let always = Window(from: Instant(milliseconds: .min / 2), to: nil)

  /// Whether the instant lies in the window, its edges included.
  package func contains(_ instant: Instant) -> Bool {
    instant >= from && (to.map { instant <= $0 } ?? true)
  }

  /// Whether the two windows share an instant.
  package func overlaps(_ other: Window) -> Bool {
    (to.map { other.from <= $0 } ?? true) && (other.to.map { from <= $0 } ?? true)
  }

  /// The window made longer at both ends.
  package func widened(bySeconds seconds: Double) -> Window {
    Window(from: from.advanced(bySeconds: -seconds), to: to?.advanced(bySeconds: seconds))
  }

  /// The shortest window that holds this one and all others.
  package func around(_ others: [Window]) -> Window {
    others.reduce(self) { whole, next in
      Window(from: min(whole.from, next.from), to: whole.to.flatMap { end in next.to.map { max(end, $0) } })
    }
  }

  /// Seconds from begin to end, or nil while it lasts.
  package var seconds: Double? {
    to.map { $0.seconds(since: from) }
  }
}

extension Sequence where Element == Double {
  /// The middle value (the lower one of two), or nil if there is none.
  package var median: Double? {
    var values = Array(self)
    return values.isEmpty ? nil : values.element(ofRank: (values.count - 1) / 2)
  }
}

extension [Double] {
  /// The element that stands at a place where all are in order.
  ///
  /// The part in which it must be gets ever smaller (C. A. R. Hoare, Algorithm 65: Find); where many rounds do not find it,
  /// as with values that somebody chose, the part that is left is sorted.
  fileprivate mutating func element(ofRank rank: Int) -> Double {
    var part = indices
    for _ in 0..<24 where part.count > 16 {
      let pivot = self[part.lowerBound + part.count / 2]
      var (low, high) = (part.lowerBound, part.upperBound - 1)
      while low <= high {
        while self[low] < pivot { low += 1 }
        while pivot < self[high] { high -= 1 }
        guard low <= high else { break }
        swapAt(low, high)
        (low, high) = (low + 1, high - 1)
      }
      if rank <= high {
        part = part.lowerBound..<high + 1
      } else if rank >= low {
        part = low..<part.upperBound
      } else {
        return pivot
      }
    }
    self[part].sort()
    return self[rank]
  }
}

extension Double {
  /// The value to the millisecond: what a sum or difference of instants really knows.
  package var roundedToMilliseconds: Double {
    (self * 1000).rounded() / 1000
  }
}
