package import Contract
import FoundationEssentials

extension Report {
  /// The report with `transform` applied to every text that is neither a word of the contract nor an instant, and to the
  /// key that it stands under.
  ///
  /// What is free text is read off the schema, so that a new key is covered from its first day. Throws what encoding
  /// and decoding throw.
  package func mapTexts(_ transform: (_ text: String, _ key: String) -> String) throws -> Report {
    let schema = TextSchema(ReportSchema.value)
    var frame = self
    frame.incidents = []
    var tokens = try [JSONToken](encoding: frame)
    var mapper = TextMapper(schema, at: schema.root, key: "")
    var mapped: [Incident] = []
    var isChanged = false
    // In the order in which they are read, since names are numbered by it; each incident by itself, to save memory.
    for index in tokens.indices {
      if mapper.map(&tokens[index], transform) {
        isChanged = true
      } else if mapper.depth == 2, tokens.beginsIncidents(at: index) {
        mapped = try incidents.map { try $0.mapTexts(TextMapper(schema, at: mapper.place, key: mapper.key), transform) }
      }
    }
    if isChanged { frame = try tokens.decoded(as: Report.self) }
    frame.incidents = mapped
    return frame
  }
}

extension Incident {
  /// The incident with all its texts mapped; most hold nothing that has to change, and need not be read back.
  fileprivate func mapTexts(
    _ mapper: TextMapper,
    _ transform: (_ text: String, _ key: String) -> String
  ) throws -> Incident {
    var mapper = mapper
    var tokens = try [JSONToken](encoding: self)
    var isChanged = false
    for index in tokens.indices where mapper.map(&tokens[index], transform) { isChanged = true }
    return isChanged ? try tokens.decoded(as: Incident.self) : self
  }
}

extension [JSONToken] {
  /// What the value describes.
  fileprivate func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(line.utf8))
  }
}
