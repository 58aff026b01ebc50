/// The structure of a pattern, read from its text for what it says about literals.
///
/// PCRE2 does the matching; the outline only answers which text every match must contain, and which texts cannot
/// match. It follows the syntax that pcre2pattern(3) describes, in byte mode, and refuses the constructs whose
/// literals it could not vouch for: back references, recursion, conditions, verbs.
package struct PatternOutline: Sendable {
  let root: PatternNode
  /// Whether an atomic group or a possessive quantifier forbids ways back that the outline allows.
  let isAtomic: Bool
  /// The capture names in the order of their groups; a name may occur twice.
  package let captureNames: [String]
  /// The byte offset of a character beyond ASCII inside brackets, which byte mode would tear apart.
  package let nonASCIIClass: Int?
  /// Whether a text that matches goes on matching when some of its digits become others.
  package let takesDigitsAlike: Bool

  /// Reads the structure of `pattern`.
  ///
  /// - Throws: `PatternError` if the pattern is malformed or switches on a mode that would change its reading (`(?x)`).
  package init(_ pattern: String) throws(PatternError) {
    var reader = PatternReader(Array(pattern.utf8))
    root = try reader.wholePattern()
    isAtomic = reader.sawAtomic
    captureNames = reader.captureNames
    nonASCIIClass = reader.nonASCIIClass
    takesDigitsAlike = !reader.tellsDigitsApart
  }
}
