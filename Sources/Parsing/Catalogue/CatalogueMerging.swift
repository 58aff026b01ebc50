import Model
import Patterns

/// Puts the definitions of files of one rank into a catalogue.
struct CatalogueMerging {
  private(set) var catalogue: ParserCatalogue
  private(set) var diagnostics: [ParserDiagnostic] = []
  private let rank: Int

  init(catalogue: ParserCatalogue, rank: Int) {
    self.catalogue = catalogue
    self.rank = rank
  }

  mutating func merge(_ definitions: [ParserDefinition]) {
    var names: [String] = []
    for definition in definitions where !names.contains(definition.component) { names.append(definition.component) }
    for name in names { merge(definitions.filter { $0.component == name }, into: name) }
  }

  private mutating func merge(_ files: [ParserDefinition], into name: String) {
    guard let index = component(name, described: files) else { return }
    describe(index, with: files)
    let heads = files.flatMap(\.heads).map { CatalogueHead(definition: $0, rank: rank) }
    catalogue.components[index].heads.insert(contentsOf: heads, at: 0)
    limitHeads(of: index)
    let messages = files.flatMap(\.messages).compactMap { message($0, of: catalogue.components[index]) }
    catalogue.components[index].messages.insert(contentsOf: messages, at: 0)
  }

  /// The index of the component, which is made if it is new; nil if nobody says what role it has.
  private mutating func component(_ name: String, described files: [ParserDefinition]) -> Int? {
    if let index = catalogue.components.firstIndex(where: { $0.component.name == name }) { return index }
    guard let role = files.lazy.compactMap(\.role).first else {
      let roles = ComponentRole.allCases.map(\.rawValue).joined(separator: ", ")
      report(files[0].location, "no file says which 'role' the component '\(name)' has", help: "One of: \(roles).")
      return nil
    }
    catalogue.components.append(
      CatalogueComponent(
        component: Component(name: name, role: role),
        title: name,
        versions: "",
        programs: [],
        levels: [],
        heads: [],
        messages: []
      )
    )
    return catalogue.components.count - 1
  }

  private mutating func describe(_ index: Int, with files: [ParserDefinition]) {
    for file in files {
      if let title = file.title { catalogue.components[index].title = title }
      if let role = file.role { catalogue.components[index].component.role = role }
      if let versions = file.versions, catalogue.components[index].versions.isEmpty {
        catalogue.components[index].versions = versions
      }
      let known = catalogue.components[index]
      catalogue.components[index].programs += file.programs.filter { !known.programs.contains($0) }
      catalogue.components[index].levels += file.levels.filter { word in
        !known.levels.contains { $0.word == word.word }
      }
    }
  }

  private mutating func limitHeads(of index: Int) {
    let heads = catalogue.components[index].heads
    guard let first = heads.dropFirst(ParserCatalogue.maximumHeads).first else { return }
    report(first.definition.location, "a component has at most \(ParserCatalogue.maximumHeads) heads")
    catalogue.components[index].heads = Array(heads.prefix(ParserCatalogue.maximumHeads))
  }

  /// The message with its literals, or nil (and a diagnostic) if it cannot be matched.
  private mutating func message(
    _ definition: MessageDefinition,
    of component: CatalogueComponent
  ) -> CatalogueMessage? {
    checkReferences(definition, of: component)
    var message = CatalogueMessage(
      id: "\(component.component.name).\(definition.id)",
      definition: definition,
      literals: nil,
      yieldsToEarlier: false,
      rank: rank
    )
    guard let pattern = definition.pattern else { return message }
    do throws(PatternError) {
      message.literals = try literals(of: pattern)
      return message
    } catch {
      let place = error.offset.map { " at character \($0 + 1)" } ?? ""
      report(definition.location, "message '\(definition.id)': \(error.reason)\(place)", help: error.help)
      return nil
    }
  }

  private func literals(of pattern: String) throws(PatternError) -> PatternLiterals {
    var patterns = PatternSet()
    try patterns.prepare(patterns.add(pattern))
    let outline = try PatternOutline(pattern)
    if let offset = outline.nonASCIIClass {
      throw PatternError(
        reason: "brackets hold a character beyond ASCII",
        help: "Patterns work on bytes: write (?:ä|ö) instead of [äö].",
        offset: offset
      )
    }
    if let name = outline.captureNames.first(where: { Field(rawValue: $0) == nil }) {
      throw PatternError(reason: "there is no field '\(name)'", help: "See failscope parsers vocabulary.")
    }
    return try outline.literals()
  }

  private mutating func checkReferences(_ definition: MessageDefinition, of component: CatalogueComponent) {
    for level in definition.levels where !component.levels.contains(where: { $0.word == level }) {
      report(definition.location, "message '\(definition.id)': there is no level word '\(level)'")
    }
    for head in definition.heads where !component.heads.contains(where: { $0.definition.id == head }) {
      report(definition.location, "message '\(definition.id)': there is no head '\(head)'")
    }
  }

  private mutating func report(_ location: ParserLocation, _ reason: String, help: String? = nil) {
    diagnostics.append(ParserDiagnostic(location, reason, help: help))
  }
}
