package import Foundation

/// A directory that exists for one test.
package struct ScratchDirectory: ~Copyable {
  package let url: URL

  /// Makes an empty directory.
  ///
  /// Throws what Foundation throws.
  package init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("failscope-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Writes a file and returns its path.
  package func write(_ text: String, to name: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// The path of a file that need not exist.
  package func path(_ name: String) -> String {
    url.appendingPathComponent(name).path
  }

  /// The names in the directory, sorted.
  package func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }
}
