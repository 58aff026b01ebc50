/// Why a pattern cannot be used.
package struct PatternError: Error, Hashable, Sendable {
  /// The reason in words for the author of the pattern.
  package var reason: String
  /// What to do about it, or nil where the reason says it all.
  package var help: String?
  /// Byte offset into the pattern where the trouble lies, if it has a place.
  package var offset: Int?

  package init(reason: String, help: String? = nil, offset: Int? = nil) {
    self.reason = reason
    self.help = help
    self.offset = offset
  }
}
