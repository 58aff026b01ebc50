import ArgumentParser

/// The value of an option that is one of a few words.
///
/// ArgumentParser makes the list of words with key paths, for which the runtime looks through all conformances of the
/// program: that takes longer than everything else about such an option.
protocol OptionWord: ExpressibleByArgument, CaseIterable, RawRepresentable where RawValue == String {}

extension OptionWord {
  static var allValueStrings: [String] { allCases.map { $0.rawValue } }
  /// No word needs a description.
  static var allValueDescriptions: [String: String] { [:] }
}
