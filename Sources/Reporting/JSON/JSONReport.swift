package import Contract

/// The report as JSON, in the key order of the contract: the same report gives the same bytes.
///
/// Every key is there; what is not known is `null`. Throws `EncodingError` for a number that JSON cannot hold.
package func json(_ report: Report) throws -> String {
  try JSONValue(encoding: report).text
}
