import ArgumentParser
import Reporting

/// `failscope explain`: what the words of a report mean.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a word of a report means, why it happens, and what to do.",
    discussion: """
      The words are incident kinds and states, phases, root causes, findings and remedies. Without a word, all are listed.

      EXAMPLES:
        failscope explain timeline_split
        failscope explain | grep lock
      """
  )

  @Argument(
    help: "A word such as timeline_split.",
    completion: .list(Array(Set(allMeanings.map(\.code))).sorted())
  )
  var code: String?

  func run() throws {
    guard let code else { return try StandardOutput.write(Self.list) }
    guard let explanation = explanation(of: code) else { throw Self.unknown(code) }
    try StandardOutput.write(explanation.text(width: min(100, Display.standardOutput.width(nil))))
  }

  private static func unknown(_ code: String) -> Failure {
    let near = codeSuggestions(for: code)
    let help = near.isEmpty ? "'failscope explain' lists all." : "Did you mean \(near.joined(separator: " or "))?"
    return Failure("'\(code)' is no word of a report. \(help)", status: .usage)
  }

  /// All words by family, one a line.
  private static var list: String {
    var text = ""
    for family in CodeFamily.allCases {
      let meanings = allMeanings.filter { $0.family == family }
      guard !meanings.isEmpty else { continue }
      text += (text.isEmpty ? "" : "\n") + "\(family.rawValue.uppercased())\n"
      text += columns(meanings.map { ["  " + $0.code, $0.title] })
    }
    return text
  }
}
