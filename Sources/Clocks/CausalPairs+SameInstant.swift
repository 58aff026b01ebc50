import Model

extension CausalPairs {
  /// Lines of two sources about one moment; found by their fields alone, so that they can tell zones and dates too.
  func sameInstants() -> [CausalPair] {
    connections() + refusedWrites()
  }

  /// The proxy and the pooler both log the pooler's connection, with the same address and port.
  ///
  /// A port is used again after some time, so that the n-th use on one side is the n-th on the other.
  private func connections() -> [CausalPair] {
    let accepted = events(of: .proxyConnected)
    let opened = events(of: .poolerServerConnected)
    return matched(accepted, opened) { $0.kind == .proxyConnected ? $0.fields[.peer] : $0.fields[.localAddress] }
      .map { .sameInstant(mark(of: $0.left), mark(of: $0.right), within: 300) }
  }

  /// A server that refuses a write, and the client that is told so.
  private func refusedWrites() -> [CausalPair] {
    let refused = events(of: .serverRefusedWrite)
    let failed = events(of: .clientWriteFailed).filter { events[$0].fields[.reason] == "read_only" }
    return matched(refused, failed) { _ in "" }.map { pair in
      CausalPair(
        earlier: mark(of: pair.left),
        later: mark(of: pair.right),
        minimumDelay: -50,
        maximumDelay: 1500,
        weight: 2
      )
    }
  }

  /// For each mark the mark of another source that tells of the same moment.
  func partners(_ pairs: [CausalPair]) -> [Int?] {
    var partners = [Int?](repeating: nil, count: table.marks.count)
    for pair in pairs {
      partners[pair.earlier] = pair.later
      partners[pair.later] = pair.earlier
    }
    return partners
  }
}
