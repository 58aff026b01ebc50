package import Model

/// What one message of a line is, for people who look at parsers.
package struct LineExplanation: Hashable, Sendable {
  /// The component, or nil if neither a head nor a headless message fitted.
  package var component: String?
  /// The id of the head, or nil for a line without one.
  package var head: String?
  /// The full id of the message that claims it, or nil.
  package var message: String?
  /// What the message means; nil for noise.
  package var event: EventKind?
  package var level: Level?
  package var processID: Int?
  package var stamp: Stamp?
  /// The fields of the event, as they would come out.
  package var fields: Fields
  /// The message without its head.
  package var text: String
}

/// Explains single lines: which head fits, which message claims them, and what comes out.
package struct LineExplainer: ~Copyable {
  private var recognizer: Recognizer
  private let builder: EventBuilder
  private let programs: ProgramNames
  private var memory = HeadMemory()
  private let isExhaustive: Bool

  /// Prepares for a catalogue; an exhaustive explainer tries every head and every pattern in turn.
  ///
  /// That is slow, and the measure of the fast way: both must agree on every line.
  package init(catalogue: ParserCatalogue, isExhaustive: Bool = false) {
    recognizer = Recognizer(catalogue, isExhaustive: isExhaustive)
    builder = EventBuilder(recognizer)
    programs = ProgramNames(catalogue)
    self.isExhaustive = isExhaustive
  }

  /// Forgets which heads fitted the lines before.
  package mutating func forget() {
    memory = HeadMemory()
  }

  /// Explains a line without its framing: its message first, then further messages of the same record.
  ///
  /// The heads of earlier lines are remembered, as those of a source are.
  ///
  /// `program`: the syslog identifier or file name that the framing would give.
  package mutating func explain(_ line: String, program: String? = nil) -> [LineExplanation] {
    explain(Array(line.utf8), program: program)
  }

  /// Explains a line given as bytes.
  package mutating func explain(_ line: [UInt8], program: String? = nil) -> [LineExplanation] {
    guard let end = Self.end(of: line) else { return [] }
    if isExhaustive { memory.minute = MinuteCache() }
    let named = program.map { programs.component(of: $0) } ?? -1
    var found = recognizer.recognize(line.span, 0, end, &memory, named: named)
    if found.kind == .open,
      let whole = recognizer.fitted(found.head, line.span, 0, end, &memory, isComplete: true)
    {
      found = whole
    }
    return explanations(found, line.span, end)
  }

  /// What the line would be under each head of the catalogue that fits it, whichever comes first.
  mutating func explainUnderEachHead(_ line: [UInt8]) -> [(component: Int, head: Int, found: LineExplanation)] {
    guard let end = Self.end(of: line) else { return [] }
    var result: [(component: Int, head: Int, found: LineExplanation)] = []
    for index in recognizer.heads.entries.indices where !recognizer.heads.entries[index].isNamedOnly {
      var memory = HeadMemory()
      recognizer.extras.removeAll()
      guard let found = recognizer.fitted(index, line.span, 0, end, &memory, isComplete: true) else { continue }
      let isWeak = recognizer.layout.fit.isWeak
      if case .layout = recognizer.heads.entries[index].shape, isWeak { continue }
      let entry = recognizer.heads.entries[index]
      for explanation in explanations(found, line.span, end) {
        result.append((entry.component, entry.index, explanation))
      }
    }
    return result
  }

  private static func end(of line: [UInt8]) -> Int? {
    var end = min(line.count, Recognizer.maximumLength)
    while end > 0, line[end - 1].isBlank { end -= 1 }
    return end > 0 ? end : nil
  }

  private mutating func explanations(_ found: Recognition, _ line: Span<UInt8>, _ end: Int) -> [LineExplanation] {
    let extras = recognizer.extras
    return ([found] + extras).map { explanation($0, line, end) }
  }

  private mutating func explanation(_ found: Recognition, _ line: Span<UInt8>, _ end: Int) -> LineExplanation {
    let scratch = recognizer.scratch
    let text = found.isInScratch ? scratch.span : line
    var result = LineExplanation(fields: Fields(), text: text.text(found.textStart, found.textEnd))
    let catalogue = recognizer.catalogue
    if found.component >= 0 { result.component = catalogue.components[found.component].component.name }
    if found.head >= 0 {
      let entry = recognizer.heads.entries[found.head]
      result.head = catalogue.components[entry.component].heads[entry.index].definition.id
    }
    result.level = builder.level(of: found)
    result.processID = found.pid < 0 ? nil : found.pid
    result.stamp = found.stamp
    guard found.isClaimed else { return result }
    let rule = recognizer.rules.rule(of: found.slot)
    result.message = rule.id
    result.event = builder.kind(of: found.slot)
    if result.event != nil { result.fields = builder.fields(found, rule, &recognizer, line, 0, end) }
    return result
  }
}
