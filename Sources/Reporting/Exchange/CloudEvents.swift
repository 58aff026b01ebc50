package import Contract
import Model

/// The incidents as a batch of CloudEvents 1.0 (`application/cloudevents-batch+json`), the incident of the report as data.
///
/// Throws `EncodingError` for a number that JSON cannot hold.
package func cloudEvents(_ report: Report) throws -> String {
  JSONValue.array(try report.incidents.map { try $0.cloudEvent(in: report) }).text
}

extension Incident {
  fileprivate func cloudEvent(in report: Report) throws -> JSONValue {
    [
      "specversion": "1.0",
      "id": .string("\(id).\(status.rawValue)"),
      "source": .string("urn:failscope:cluster:\(percentEncoded(report.cluster.name ?? "unknown"))"),
      "type": .string("io.failscope.incident.\(status.rawValue)"),
      "subject": .string(id),
      "time": .string(startedAt.rfc3339),
      "datacontenttype": "application/json",
      "dataschema": .string("urn:\(report.schema.replacing("/", with: ":"))"),
      "data": try JSONValue(encoding: self),
    ]
  }
}

/// `text` as a part of a URI: everything but unreserved characters as `%XX` (RFC 3986, 2.1 and 2.3).
private func percentEncoded(_ text: String) -> String {
  text.utf8.map { byte in
    let isUnreserved =
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
    if isUnreserved { return String(UnicodeScalar(byte)) }
    let digits = String(byte, radix: 16, uppercase: true)
    return "%" + (digits.count < 2 ? "0" : "") + digits
  }.joined()
}
