package import Contract

/// The report as JSON, in the key order of the contract: the same report gives the same bytes.
///
/// Every key is there; what is not known is `null`. Throws `EncodingError` for a number that JSON cannot hold.
package func json(_ report: Report) throws -> String {
  var text = ""
  try json(report) { text += $0 }
  return text
}

/// The same in parts, one after another, for a report on so many incidents that its text should not be held.
///
/// Throws `EncodingError` for a number that JSON cannot hold, and what `take` throws.
package func json(_ report: Report, take: (String) throws -> Void) throws {
  try report.writeJSON(take)
}

extension Report {
  /// The key under which the incidents stand.
  static var incidentsKey: String { "incidents" }
}
