import Reporting
import Subprocess

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
  package static func isAvailable() async -> Bool {
    (try? await Executable.name("curl").resolveExecutablePath(in: .inherit)) != nil
  }

  /// Posts once.
  package func post(_ delivered: Delivered) async -> Courier.Outcome {
    let body: String
    do {
      body = try format.body(delivered, secret: secret).line
    } catch {
      return .refused("the body cannot be written: \(error)")
    }
    do {
      let instructions = try NamelessFile.holding(configuration(body), in: folder)
      let result = try await Subprocess.run(
        .name("curl"),
        arguments: ["--config", "-"],
        input: .fileDescriptor(instructions, closeAfterSpawningProcess: true),
        output: .string(limit: 4096),
        error: .string(limit: 4096)
      )
      return outcome(result.terminationStatus, result.standardOutput, result.standardError)
    } catch {
      return .failed("curl cannot be run: \(error)")
    }
  }

  /// What curl is told, in the form of its configuration files.
  func configuration(_ body: String) -> String {
    var lines = [
      "url = \(Self.quoted(url))", "request = \"POST\"", "silent", "show-error", "globoff",
      "max-time = \(patience)", "output = \"/dev/null\"", "write-out = \"%{http_code}\"",
      "header = \"Content-Type: application/json\"",
    ]
    lines += headers.map { "header = \(Self.quoted($0))" }
    lines.append("data-raw = \(Self.quoted(body))")
    return lines.joined(separator: "\n") + "\n"
  }

  /// A value between quotes, as curl's manual describes it under `--config`.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(character)
      }
    }
    return result + "\""
  }

  private func outcome(_ status: TerminationStatus, _ code: String, _ errors: String) -> Courier.Outcome {
    guard status.isSuccess, let code = Int(code) else {
      let said = errors.split(whereSeparator: \.isNewline).last.map(String.init) ?? "curl ended with \(status)"
      return .failed(said)
    }
    switch code {
    case 200...299: return .delivered
    // Too many requests and trouble of the server's pass; what else it refuses it will refuse again.
    case 408, 429, 500...599: return .failed("the server answered \(code)")
    default: return .refused("the server answered \(code)")
    }
  }
}
