/// A position in the write-ahead log: the number of bytes since the cluster was initialised.
package struct LSN: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The position in bytes.
  package var bytes: UInt64

  package init(bytes: UInt64) {
    self.bytes = bytes
  }

  /// Reads PostgreSQL's `%X/%X` (`0/4015EB0`; zero-padded from version 19 on), or the plain count of bytes that
  /// Patroni's REST API prints.
  ///
  /// Returns nil for anything else.
  package init?(_ text: some StringProtocol) {
    if let bytes = UInt64(text) {
      self.bytes = bytes
      return
    }
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, let high = UInt32(halves[0], radix: 16), let low = UInt32(halves[1], radix: 16) else {
      return nil
    }
    bytes = UInt64(high) << 32 | UInt64(low)
  }

  package static func < (left: LSN, right: LSN) -> Bool {
    left.bytes < right.bytes
  }

  /// The position as PostgreSQL up to 18 prints it, such as `0/4015EB0`.
  package var description: String {
    String(bytes >> 32, radix: 16, uppercase: true) + "/" + String(bytes & 0xFFFF_FFFF, radix: 16, uppercase: true)
  }
}
