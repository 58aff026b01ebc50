import ArgumentParser

/// `failscope parsers vocabulary`: the words that parser files may use.
struct VocabularyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vocabulary",
    abstract: "List the events and fields that parser files may use, with what they mean."
  )

  func run() throws {
    try StandardOutput.write(Vocabulary.text + "\n")
  }
}
