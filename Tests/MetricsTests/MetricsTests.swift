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

  /// The status and the body that a request is answered with.
  private func answer(_ request: String, _ board: MetricsBoard) -> (status: String, body: String) {
    let text = String(decoding: MetricsAnswer(to: request, board: board).bytes, as: UTF8.self)
    let parts = text.components(separatedBy: "\r\n\r\n")
    let status = text.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    return (status, parts.count == 2 ? parts[1] : "")
  }

  @Test("scrapes and health are answered, and nothing else")
  func answers() {
    let board = MetricsBoard()
    var page = MetricsPage()
    page.gauge("up", "Up.", [([], 1)])
    board.post(page, isHealthy: true)
    #expect(answer("GET /metrics HTTP/1.1", board) == ("200", page.text))
    #expect(answer("GET /metrics?x=1 HTTP/1.1", board) == ("200", page.text))
    #expect(answer("HEAD /metrics HTTP/1.1", board) == ("200", ""))
    #expect(answer("GET /healthz HTTP/1.1", board) == ("200", "ok\n"))
    #expect(answer("GET /other HTTP/1.1", board).status == "404")
    #expect(answer("POST /metrics HTTP/1.1", board).status == "405")
    #expect(answer("", board).status == "405")
    board.post(page, isHealthy: false)
    #expect(answer("GET /healthz HTTP/1.1", board).status == "503")
  }

  /// Scraping a program that runs is tested with the program: this process has other things to do.
  @Test("a port in use is told")
  func takenPort() async throws {
    let address = try #require(MetricsServer.Address("127.0.0.1:0"))
    let server = try MetricsServer(address: address, board: MetricsBoard())
    try await server.start()
    let port = try #require(server.port)
    let taken = try #require(MetricsServer.Address("127.0.0.1:\(port)"))
    await #expect(throws: MetricsServer.Unavailable.self) {
      try await MetricsServer(address: taken, board: MetricsBoard()).start()
    }
  }
}
