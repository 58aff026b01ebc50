import FlyingFox
import FlyingSocks
import Foundation
import Synchronization

/// Answers `GET /metrics` and `GET /healthz` over HTTP.
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

  private let server: HTTPServer
  private let board: MetricsBoard
  private let failure = Mutex<String?>(nil)

  /// - Parameters:
  ///   - address: where to listen; an IP address, not a name.
  ///   - board: what to answer with.
  /// - Throws: `Unavailable` if the host is no IP address.
  package init(address: Address, board: MetricsBoard) throws(Unavailable) {
    self.board = board
    do {
      if address.host.contains(":") {
        server = Self.server(try .inet6(ip6: address.host, port: address.port))
      } else {
        server = Self.server(try .inet(ip4: address.host, port: address.port))
      }
    } catch {
      throw Unavailable(reason: "\(address.host) is no IP address to listen on")
    }
  }

  /// A server that says nothing by itself, and that a client who does not speak holds up for five seconds.
  private static func server(_ address: some SocketAddress) -> HTTPServer {
    HTTPServer(address: address, timeout: 5, logger: .disabled)
  }

  /// Begins to listen; returns when it does.
  package func start() async throws(Unavailable) {
    let server = server
    await Self.addRoutes(to: server, board)
    Task {
      do {
        try await server.run()
      } catch {
        failure.withLock { $0 = "\(error)" }
      }
    }
    do {
      try await server.waitUntilListening(timeout: 3)
    } catch {
      throw Unavailable(reason: failure.withLock { $0 } ?? "it does not begin to listen")
    }
  }

  /// The port that it listens on, for one that was chosen by the system.
  package var port: UInt16? {
    get async {
      switch await server.listeningAddress {
      case .ip4(_, let port), .ip6(_, let port): port
      case .unix, nil: nil
      @unknown default: nil
      }
    }
  }

  private static func addRoutes(to server: HTTPServer, _ board: MetricsBoard) async {
    await server.appendRoute("GET /metrics") { _ in
      HTTPResponse(
        statusCode: .ok,
        headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: Data(board.text.utf8)
      )
    }
    await server.appendRoute("GET /healthz") { _ in
      let isHealthy = board.isHealthy
      return HTTPResponse(
        statusCode: isHealthy ? .ok : .serviceUnavailable,
        headers: [.contentType: "text/plain; charset=utf-8"],
        body: Data((isHealthy ? "ok\n" : "inputs have ended\n").utf8)
      )
    }
  }
}
