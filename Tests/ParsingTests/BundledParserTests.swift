import Foundation
import Parsing
import Testing

/// The parser files of the repository.
struct BundledParserTests {
  private static let files: [ParserFile] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return ParserFile.all(in: root.appending(path: "parsers").path).files
  }()

  @Test(.timeLimit(.minutes(5)))
  func haveNoMistakes() {
    #expect(!Self.files.isEmpty)
    #expect(ParserCheck.check(Self.files).map(\.description) == [])
  }

  @Test func surviveTheCompactForm() {
    var catalogue = ParserCatalogue()
    _ = catalogue.load(Self.files)
    let text = catalogue.compactForm
    let read = ParserCatalogue(compact: text)
    #expect(read.compactForm == text)
    #expect(read.messages.map(\.id) == catalogue.messages.map(\.id))
    #expect(read.messages.map(\.literals) == catalogue.messages.map(\.literals))
    #expect(read.messages.map(\.yieldsToEarlier) == catalogue.messages.map(\.yieldsToEarlier))
    #expect(read.messages.map(\.definition.pattern) == catalogue.messages.map(\.definition.pattern))
    #expect(
      read.components.map { $0.heads.map(\.definition.shape) }
        == catalogue.components.map { $0.heads.map(\.definition.shape) }
    )
  }
}
