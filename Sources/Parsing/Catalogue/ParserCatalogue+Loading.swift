extension ParserCatalogue {
  /// Reads parser files of equal rank and puts their messages in front of those that are there.
  ///
  /// A message or head that cannot be used is left out; everything else works.
  ///
  /// - Returns: What is wrong with the files, in the order of the files.
  package mutating func load(_ files: [ParserFile]) -> [ParserDiagnostic] {
    var diagnostics: [ParserDiagnostic] = []
    var definitions: [ParserDefinition] = []
    for file in files {
      let (definition, found) = ParserFileReader.read(file.text, file: file.name)
      diagnostics += found
      if let definition { definitions.append(definition) }
    }
    for index in components.indices { components[index].readMessages() }
    let rank = components.isEmpty ? 0 : lowestRank - 1
    var merging = CatalogueMerging(catalogue: self, rank: rank)
    merging.merge(definitions)
    self = merging.catalogue
    OverlapAnalysis.mark(&self, rank: rank)
    return diagnostics + merging.diagnostics
  }

  /// The catalogue of a directory's files, in front of those of `base`.
  ///
  /// - Returns: The catalogue, and what is wrong with the directory and its files.
  package static func loading(
    directory: String,
    onTopOf base: ParserCatalogue
  ) -> (catalogue: ParserCatalogue, diagnostics: [ParserDiagnostic]) {
    let (files, unreadable) = ParserFile.all(in: directory)
    var catalogue = base
    let diagnostics = catalogue.load(files)
    return (catalogue, unreadable + diagnostics)
  }

  private var lowestRank: Int {
    components.lazy.flatMap { $0.heads.map(\.rank) + $0.messages.map(\.rank) }.min() ?? 0
  }
}
