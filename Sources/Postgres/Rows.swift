/// What a statement returned, as text.
package struct Rows: Hashable, Sendable {
  /// The columns' names.
  package var columns: [String] = []
  /// The values, one list for each row; nil is SQL's null.
  package var values: [[String?]] = []
  /// The number of rows that a command touched, of those commands that say so.
  package var affected: Int?

  /// The value of a column in a row; nil also where there is none.
  package func value(_ column: Int, ofRow row: Int = 0) -> String? {
    guard values.indices.contains(row), values[row].indices.contains(column) else { return nil }
    return values[row][column]
  }
}
