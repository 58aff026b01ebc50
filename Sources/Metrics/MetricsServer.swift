import FlyingSocks
import FoundationEssentials
import Glibc
import Synchronization

/// Answers `GET /metrics` and `GET /healthz` over HTTP, one request a connection.
///
/// Sockets are the library's; what is asked of HTTP is so little that its server, which brings Foundation's networking
/// and with it libcurl into a binary that should need nothing, is not taken.
package final class MetricsServer: Sendable {
  /// Where to listen.
  package struct Address: Hashable, Sendable {
    package var host: String
    package var port: UInt16

    /// Reads `HOST:PORT`, `[::1]:PORT`, `:PORT` or `PORT`; without a host it is the loopback address.
    package init?(_ text: String) {
      let colon = text.lastIndex(of: ":")
      guard let port = UInt16(colon.map { text[text.index(after: $0)...] } ?? text[...]) else { return nil }
      var host = colon.map { String(text[..<$0]) } ?? ""
      if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
      if host.isEmpty || host == "localhost" { host = "127.0.0.1" }
      self.host = host
      self.port = port
    }
  }

  /// It cannot listen; the text says why.
  package struct Unavailable: Error {
    package var reason: String
  }

  private let address: Address
  private let board: MetricsBoard
  private let listeningPort = Mutex<UInt16?>(nil)

  /// - Parameters:
  ///   - address: where to listen; an IP address, not a name.
  ///   - board: what to answer with.
  /// - Throws: `Unavailable` if the host is no IP address.
  package init(address: Address, board: MetricsBoard) throws(Unavailable) {
    self.address = address
    self.board = board
    do {
      if address.host.contains(":") {
        _ = try sockaddr_in6.inet6(ip6: address.host, port: address.port)
      } else {
        _ = try sockaddr_in.inet(ip4: address.host, port: address.port)
      }
    } catch {
      throw Unavailable(reason: "\(address.host) is no IP address to listen on")
    }
  }

  /// Begins to listen; returns when it does.
  package func start() async throws(Unavailable) {
    do {
      let pool = SocketPool.make()
      try await pool.prepare()
      let socket = try listeningSocket()
      let listener = try AsyncSocket(socket: socket, pool: pool)
      listeningPort.withLock { $0 = Self.port(of: socket) }
      let board = board
      Task { try await pool.run() }
      Task { await Self.accept(from: listener, board) }
    } catch {
      throw Unavailable(reason: "\(error)")
    }
  }

  /// The port that it listens on, for one that was chosen by the system.
  package var port: UInt16? {
    listeningPort.withLock { $0 }
  }

  private func listeningSocket() throws -> Socket {
    let socket: Socket
    if address.host.contains(":") {
      socket = try Socket(domain: Int32(sockaddr_in6.family))
      try socket.setValue(true, for: .localAddressReuse)
      try socket.bind(to: sockaddr_in6.inet6(ip6: address.host, port: address.port))
    } else {
      socket = try Socket(domain: Int32(sockaddr_in.family))
      try socket.setValue(true, for: .localAddressReuse)
      try socket.bind(to: sockaddr_in.inet(ip4: address.host, port: address.port))
    }
    try socket.listen()
    return socket
  }

  private static func port(of socket: Socket) -> UInt16? {
    guard let name = try? socket.sockname() else { return nil }
    switch name {
    case .ip4(_, let port), .ip6(_, let port): return port
    case .unix: return nil
    @unknown default: return nil
    }
  }

  /// Answers whoever connects, several at a time.
  private static func accept(from listener: AsyncSocket, _ board: MetricsBoard) async {
    await withDiscardingTaskGroup { group in
      while let client = try? await listener.accept() {
        group.addTask { await answer(client, board) }
      }
    }
  }

  /// Reads one request and answers it; who does not speak within five seconds is let go.
  private static func answer(_ client: AsyncSocket, _ board: MetricsBoard) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        guard let request = try? await requestLine(from: client) else { return }
        try? await client.write(bytes: MetricsAnswer(to: request, board: board).bytes)
      }
      group.addTask { try? await Task.sleep(for: .seconds(5)) }
      await group.next()
      group.cancelAll()
    }
    try? client.close()
  }

  /// The first line of a request, once its head is there; a head of more than 8 KiB is none.
  private static func requestLine(from client: AsyncSocket) async throws -> String? {
    var head: [UInt8] = []
    while head.count <= 8192 {
      let bytes = try await client.read(atMost: 2048)
      if bytes.isEmpty { return nil }
      head += bytes
      if let end = head.firstRange(of: [13, 10, 13, 10]) {
        let line = head[..<end.lowerBound].prefix { $0 != 13 }
        return String(decoding: line, as: UTF8.self)
      }
    }
    return nil
  }
}

extension AsyncSocket {
  fileprivate func write(bytes: [UInt8]) async throws {
    try await write(Data(bytes))
  }
}
