import Analyzer
import Contract
import FlyingFox
import FlyingSocks
import Foundation
import Ingestion
import Live
import Reporting
import Synchronization
import TestSupport
import Testing

@testable import Delivery

/// Webhooks posted to a real HTTP server on the loopback address.
@Suite("Webhooks over HTTP")
struct WebhookTests {
  /// What a server answers, and what it was sent.
  private final class Inbox: Sendable {
    private let bodies = Mutex<[String]>([])
    var received: [String] { bodies.withLock { $0 } }
    func add(_ body: String) -> Int {
      bodies.withLock {
        $0.append(body)
        return $0.count
      }
    }
  }

  private func serve(
    _ answer: @escaping @Sendable (Int) async -> HTTPStatusCode,
    _ inbox: Inbox,
    _ use: (String) async throws -> Void
  ) async throws {
    let server = HTTPServer(address: .loopback(port: 0), logger: .disabled)
    await server.appendRoute("POST /hook") { request in
      let count = inbox.add(
        "\(request.headers[.authorization] ?? "-") \(String(decoding: try await request.bodyData, as: UTF8.self))"
      )
      return HTTPResponse(statusCode: await answer(count))
    }
    let task = Task { try await server.run() }
    try await server.waitUntilListening()
    let address = await server.listeningAddress
    guard case .ip6(_, port: let port)? = address else {
      Issue.record("no port")
      return
    }
    try await use("http://[::1]:\(port)/hook")
    await server.stop()
    task.cancel()
  }

  private var delivered: Delivered {
    get throws {
      let report = BatchAnalysis(options: AnalysisOptions())
        .run(paths: [Repository.root.appendingPathComponent("samples/seed-failover").path]).report
      var analysis = LiveAnalysis(
        catalogue: ParserSet.load(directories: []).catalogue,
        options: .init(analysis: .init())
      )
      _ = analysis.addInput(.standardInput)
      _ = analysis.feed(Array(try Repository.text("samples/seed-failover/compose.log").utf8), to: 0, uptime: 0)
      let notice = analysis.finish(uptime: 1).lazy.compactMap {
        if case .incident(let notice) = $0 { notice } else { nil }
      }.first
      return Delivered(try #require(notice), in: report)
    }
  }

  @Test("the body arrives whole, with its header")
  func posted() async throws {
    let inbox = Inbox()
    let delivered = try delivered
    try await serve({ _ in .ok }, inbox) { url in
      let hook = Webhook(url: url, format: .generic, headers: ["Authorization: Bearer t0k"], patience: 60)
      #expect(await hook.post(delivered) == .delivered)
    }
    let body = try WebhookFormat.generic.body(delivered, secret: nil).line
    #expect(inbox.received == ["Bearer t0k \(body)"])
  }

  @Test("trouble of the server's is tried again, what it refuses is not")
  func statuses() async throws {
    let inbox = Inbox()
    let delivered = try delivered
    try await serve({ [.internalServerError, .tooManyRequests, .badRequest][$0 - 1] }, inbox) { url in
      let hook = Webhook(url: url, format: .slack, patience: 60)
      #expect(await hook.post(delivered) == .failed("the server answered 500"))
      #expect(await hook.post(delivered) == .failed("the server answered 429"))
      #expect(await hook.post(delivered) == .refused("the server answered 400"))
    }
  }

  @Test("a server that hangs costs its patience and nothing else; one that is not there fails")
  func hanging() async throws {
    let inbox = Inbox()
    let delivered = try delivered
    try await serve(
      { _ in
        try? await Task.sleep(for: .seconds(600))
        return .ok
      },
      inbox
    ) { url in
      let start = ContinuousClock.now
      guard case .failed = await Webhook(url: url, format: .slack, patience: 1).post(delivered) else {
        Issue.record("a hanging server delivered")
        return
      }
      #expect(ContinuousClock.now - start < .seconds(60))
    }
    guard case .failed = await Webhook(url: "http://127.0.0.1:1/x", format: .slack).post(delivered) else {
      Issue.record("nobody delivered")
      return
    }
  }
}
