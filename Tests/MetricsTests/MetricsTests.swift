import Foundation
import Metrics
import Testing

@Suite("Numbers for Prometheus")
struct MetricsTests {
  @Test("the text format, with escaped labels")
  func page() {
    var page = MetricsPage()
    page.counter("x_total", "Things.", [([], 3), ([.init("name", "a\"b\\c\nd\u{1}")], 0.25)])
    page.gauge("y", "Others.", [([], .infinity)])
    #expect(
      page.text == """
        # HELP x_total Things.
        # TYPE x_total counter
        x_total 3
        x_total{name="a\\"b\\\\c\\nd?"} 0.25
        # HELP y Others.
        # TYPE y gauge
        y +Inf

        """
    )
  }

  @Test(
    "addresses",
    arguments: [
      ("127.0.0.1:9187", "127.0.0.1", 9187), ("9187", "127.0.0.1", 9187), (":9187", "127.0.0.1", 9187),
      ("localhost:1", "127.0.0.1", 1), ("[::1]:80", "::1", 80), ("0.0.0.0:9187", "0.0.0.0", 9187),
    ]
  )
  func address(text: String, host: String, port: Int) throws {
    let address = try #require(MetricsServer.Address(text))
    #expect(address.host == host)
    #expect(Int(address.port) == port)
  }

  @Test("no addresses", arguments: ["", "host", "host:", "host:99999", "1.2.3.4:-1"])
  func noAddress(text: String) {
    #expect(MetricsServer.Address(text) == nil)
  }

  /// What curl gets from a URL: status and body.
  ///
  /// The server shares its threads with all other tests, so that it may take
  /// its time here.
  private func get(_ url: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["curl", "--silent", "--max-time", "120", "--write-out", "%{http_code}", url]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  @Test("scrapes and health are answered; a port in use is told")
  func server() async throws {
    let board = MetricsBoard()
    var page = MetricsPage()
    page.gauge("up", "Up.", [([], 1)])
    board.post(page, isHealthy: true)
    let address = try #require(MetricsServer.Address("127.0.0.1:0"))
    let server = try MetricsServer(address: address, board: board)
    try await server.start()
    let port = try #require(server.port)
    #expect(try get("http://127.0.0.1:\(port)/metrics") == page.text + "200")
    #expect(try get("http://127.0.0.1:\(port)/healthz") == "ok\n200")
    #expect(try get("http://127.0.0.1:\(port)/other").hasSuffix("404"))
    board.post(page, isHealthy: false)
    #expect(try get("http://127.0.0.1:\(port)/healthz").hasSuffix("503"))
    let taken = try #require(MetricsServer.Address("127.0.0.1:\(port)"))
    await #expect(throws: MetricsServer.Unavailable.self) {
      try await MetricsServer(address: taken, board: board).start()
    }
  }
}
