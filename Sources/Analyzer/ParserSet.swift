import BundledParsers
package import Parsing

/// The parsers of a run: the bundled ones with the user's in front.
package enum ParserSet {
  /// Loads the bundled parsers and those of the given directories, the last directory first in precedence.
  package static func load(directories: [String]) -> (catalogue: ParserCatalogue, mistakes: [ParserDiagnostic]) {
    var catalogue = ParserCatalogue(compact: BundledParsers.compact)
    var mistakes: [ParserDiagnostic] = []
    for directory in directories {
      let (extended, found) = ParserCatalogue.loading(directory: directory, onTopOf: catalogue)
      catalogue = extended
      mistakes += found
    }
    return (catalogue, mistakes)
  }
}
