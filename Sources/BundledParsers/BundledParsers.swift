/// The parsers that come with the program, inside its binary.
///
/// The build compiles `parsers/*.yaml` into an extension with two members: `compact`, which
/// `ParserCatalogue(compact:)` reads at start, and `sources`, the files as they were written, for those who ask for
/// documentation and examples.
package enum BundledParsers {}
