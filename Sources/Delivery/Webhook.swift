import Reporting
import WebClient

/// Posts notices to a URL, by way of the program `curl`.
///
/// Everything that curl is told goes through its standard input: no URL, header or key is seen in a list of processes. It
/// brings TLS with the machine's certificates, proxies and time-outs, and a server that hangs holds up a process, not
/// the analysis.
package struct Webhook: Sendable {
  private let url: String
  private let format: WebhookFormat
  private let headers: [String]
  private let secret: String?
  /// How long an attempt may take, in seconds.
  private let patience: Int
  private let folder: String

  /// - Parameters:
  ///   - url: where to post.
  ///   - format: the form of the body.
  ///   - headers: further header lines, such as `Authorization: Bearer …`.
  ///   - secret: the routing key of PagerDuty.
  ///   - patience: how long an attempt may take, in seconds.
  ///   - folder: where temporary files may be made.
  package init(
    url: String,
    format: WebhookFormat,
    headers: [String] = [],
    secret: String? = nil,
    patience: Int = 10,
    folder: String = "/tmp"
  ) {
    self.url = url
    self.format = format
    self.headers = headers
    self.secret = secret
    self.patience = patience
    self.folder = folder
  }

  /// Whether there is a curl to run.
  package static func isAvailable() async -> Bool { await Curl.isAvailable() }

  /// Posts once.
  package func post(_ delivered: Delivered) async -> Courier.Outcome {
    let body: String
    do {
      body = try format.body(delivered, secret: secret).line
    } catch {
      return .refused("the body cannot be written: \(error)")
    }
    do {
      return outcome(try await Curl.run(configuration(body), limit: 4096, folder: folder))
    } catch {
      return .failed("curl cannot be run: \(error)")
    }
  }

  /// What curl is told, in the form of its configuration files.
  func configuration(_ body: String) -> String {
    var lines = [
      "url = \(Curl.quoted(url))", "request = \"POST\"", "silent", "show-error", "globoff",
      "max-time = \(patience)", "output = \"/dev/null\"", "write-out = \"%{http_code}\"",
      "header = \"Content-Type: application/json\"",
    ]
    lines += headers.map { "header = \(Curl.quoted($0))" }
    lines.append("data-raw = \(Curl.quoted(body))")
    return lines.joined(separator: "\n") + "\n"
  }

  private func outcome(_ end: Curl.End) -> Courier.Outcome {
    guard end.status == 0, let code = Int(end.output) else {
      let said = end.errors.split(whereSeparator: \.isNewline).last.map(String.init)
      return .failed(said ?? "curl ended with status \(end.status)")
    }
    switch code {
    case 200...299: return .delivered
    // Too many requests and trouble of the server's pass; what else it refuses it will refuse again.
    case 408, 429, 500...599: return .failed("the server answered \(code)")
    default: return .refused("the server answered \(code)")
    }
  }
}
