package import Model

/// What parsing counted in one source.
package struct SourceSummary: Hashable, Sendable {
  package var source: SourceID
  /// Components whose lines are in the source, most lines first.
  package var components: [Component]
  package var lines: Int
  package var recognisedLines: Int
  package var events: Int

  package init(source: SourceID, components: [Component], lines: Int, recognisedLines: Int, events: Int) {
    self.source = source
    self.components = components
    self.lines = lines
    self.recognisedLines = recognisedLines
    self.events = events
  }

  package var unrecognisedLines: Int { max(0, lines - recognisedLines) }
}
