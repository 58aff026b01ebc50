package import Foundation

/// The places of the repository that tests read.
package enum Repository {
  /// The top of the working tree.
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The text of a file, by its path from the top.
  ///
  /// Throws what Foundation throws if it cannot be read.
  package static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appendingPathComponent(path)), as: UTF8.self)
  }
}
