/// What is answered to one request, as RFC 9112 wants it.
package struct MetricsAnswer {
  private let status: String
  private let type: String
  private let body: String
  /// Whether the body is only announced, as for `HEAD`.
  private let isHead: Bool

  /// - Parameters:
  ///   - request: the request's first line.
  ///   - board: what to answer with.
  package init(to request: String, board: MetricsBoard) {
    let words = request.split(separator: " ", omittingEmptySubsequences: false)
    let method = words.first ?? ""
    let target = words.count == 3 ? words[1].prefix { $0 != "?" } : ""
    isHead = method == "HEAD"
    let plain = "text/plain; charset=utf-8"
    switch (method, target) {
    case ("GET", "/metrics"), ("HEAD", "/metrics"):
      (status, type, body) = ("200 OK", "text/plain; version=0.0.4; charset=utf-8", board.text)
    case ("GET", "/healthz"), ("HEAD", "/healthz"):
      let isHealthy = board.isHealthy
      status = isHealthy ? "200 OK" : "503 Service Unavailable"
      (type, body) = (plain, isHealthy ? "ok\n" : "inputs have ended\n")
    case ("GET", _), ("HEAD", _):
      (status, type, body) = ("404 Not Found", plain, "there are /metrics and /healthz\n")
    default:
      (status, type, body) = ("405 Method Not Allowed", plain, "only GET\n")
    }
  }

  /// Head and body.
  package var bytes: [UInt8] {
    let head = [
      "HTTP/1.1 \(status)", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)", "Connection: close",
      "Allow: GET, HEAD", "", "",
    ]
    return Array((head.joined(separator: "\r\n") + (isHead ? "" : body)).utf8)
  }
}
