import Model

/// Checks parser files: their form, and that every example comes out as it says.
package struct ParserCheck: ~Copyable {
  private let catalogue: ParserCatalogue
  private var explainer: LineExplainer
  private var diagnostics: [ParserDiagnostic] = []

  /// Checks files together with the catalogue that they are loaded on top of.
  ///
  /// - Returns: What is wrong, in the order of the files; nothing if all is well.
  package static func check(_ files: [ParserFile], onTopOf base: ParserCatalogue = ParserCatalogue())
    -> [ParserDiagnostic]
  {
    var catalogue = base
    let diagnostics = catalogue.load(files)
    let names = Set(files.map(\.name))
    var check = ParserCheck(catalogue)
    for component in catalogue.components { check.check(component, of: names) }
    return diagnostics + check.diagnostics
  }

  private init(_ catalogue: ParserCatalogue) {
    self.catalogue = catalogue
    explainer = LineExplainer(catalogue: catalogue, isExhaustive: true)
  }

  private mutating func check(_ component: CatalogueComponent, of files: Set<String>) {
    for head in component.heads where files.contains(head.definition.location.file) {
      check(head.definition, component)
    }
    for message in component.messages where files.contains(message.definition.location.file) {
      check(message, component)
    }
  }

  private mutating func report(_ location: ParserLocation, _ reason: String, help: String? = nil) {
    diagnostics.append(ParserDiagnostic(location, reason, help: help))
  }

  // MARK: Heads

  private mutating func check(_ head: HeadDefinition, _ component: CatalogueComponent) {
    guard let example = head.example else {
      report(head.location, "head '\(head.id)' has no 'example'")
      return
    }
    let program = head.isNamedOnly ? component.programs.first ?? component.component.name : nil
    if head.isNamedOnly, component.programs.isEmpty {
      report(head.location, "head '\(head.id)' is for named lines only, but the component has no 'programs'")
    }
    explainer.forget()
    let found = explainer.explain(example, program: program).first
    guard found?.component != component.component.name || found?.head != head.id else { return }
    report(head.location, "the example of head '\(head.id)' is not recognised: \(reason(found))")
  }

  private func reason(_ found: LineExplanation?) -> String {
    if let head = found?.head { return "head '\(found?.component ?? "").\(head)' fits it first" }
    return found?.message.map { "the headless message '\($0)' claims it" } ?? "it does not fit"
  }

  // MARK: Messages

  private mutating func check(_ message: CatalogueMessage, _ component: CatalogueComponent) {
    let definition = message.definition
    if definition.meaning.isEmpty { report(definition.location, "message '\(definition.id)' has no 'meaning'") }
    if definition.examples.isEmpty { report(definition.location, "message '\(definition.id)' has no example") }
    for example in definition.examples { check(example, message, component) }
    for line in definition.nearMisses where claims(of: line, component).contains(where: { $0.message == message.id }) {
      report(definition.location, "message '\(definition.id)' claims its near miss: \(line)")
    }
    if let pattern = definition.pattern {
      let exhausting = HostileLines.exhausting(pattern, literals: message.literals, examples: definition.examples)
      if let line = exhausting {
        report(
          definition.location,
          "the pattern of '\(definition.id)' takes too long on a line such as: \(line.prefix(60))…",
          help: "Let no two repeated parts meet that match the same text; prefer [^\"]+ and \\S+ to .*"
        )
      }
    }
  }

  /// The explanations of a line: without a name, and for named lines as well.
  private mutating func claims(of line: String, _ component: CatalogueComponent) -> [LineExplanation] {
    explainer.forget()
    let unnamed = explainer.explain(line)
    guard !unnamed.contains(where: { $0.message != nil }), component.heads.contains(where: \.definition.isNamedOnly),
      let program = component.programs.first
    else { return unnamed }
    explainer.forget()
    return explainer.explain(line, program: program)
  }

  private mutating func check(
    _ example: ExampleDefinition,
    _ message: CatalogueMessage,
    _ component: CatalogueComponent
  ) {
    let found = claims(of: example.line, component)
    guard let own = found.first(where: { $0.message == message.id }) else {
      report(example.location, "'\(message.definition.id)' does not claim this example: \(fate(of: found))")
      return
    }
    check(own.fields, example, message)
    let index = catalogue.components.firstIndex { $0.component.name == component.component.name }
    for other in explainer.explainUnderEachHead(Array(example.line.utf8)) where other.component != index {
      guard let claim = other.found.message, !message.definition.isHeadless || found[0].head != nil else { continue }
      report(example.location, "'\(claim)' claims this example of '\(message.id)', too")
    }
  }

  private func fate(of found: [LineExplanation]) -> String {
    guard let first = found.first, let component = first.component else { return "no head fits it" }
    if let claim = first.message { return "'\(claim)' does" }
    let head = first.head.map { "under head '\(component).\($0)'" } ?? "without a head"
    return "no message does, \(head), for the text '\(first.text)'"
  }

  /// Compares the fields that came out with those that the example lists.
  private mutating func check(_ fields: Fields, _ example: ExampleDefinition, _ message: CatalogueMessage) {
    guard message.definition.event != nil else {
      if !example.fields.isEmpty {
        report(example.location, "'\(message.definition.id)' is noise and has no fields, but the example lists some")
      }
      return
    }
    var expected = Fields()
    for value in example.fields { expected[value.field] = value.value }
    for field in Field.allCases where fields[field] != expected[field] {
      let actual = fields[field].map { "'\($0)'" } ?? "absent"
      let wanted = expected[field].map { "'\($0)'" } ?? "absent"
      report(
        example.location,
        "'\(message.definition.id)': field '\(field.rawValue)' is \(actual), the example says \(wanted)"
      )
    }
  }
}
