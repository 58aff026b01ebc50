import Model
import Patterns

/// All heads of a catalogue in the order in which they are tried, prepared for matching.
struct HeadTable {
  enum Shape {
    /// Steps of the layout code.
    case layout(Range<Int>)
    /// Index into `json`.
    case json(Int)
    /// Index into `csv`.
    case csv(Int)
  }

  struct Entry {
    var component: Int
    /// Index of the head in its component.
    var index: Int
    var shape: Shape
    /// The bytes with which a line under this head may begin.
    var firstBytes: ByteMask
    var isNamedOnly: Bool
    /// Whether the head has neither a time nor a level, so that it may fit lines of any kind.
    var isCatchAll: Bool
    /// The head's bit in the gates of its component.
    var bit: UInt64
    /// Where in `rivals` the earlier heads are that begin alike and say more, so that this one fits all of their lines
    /// too: they are asked first even where this one was remembered.
    var rivals: Range<Int>

    /// Whether a line that begins so may have the head; false is certain.
    @inline(__always)
    func mayHead(_ beginning: LineBeginning) -> Bool {
      guard firstBytes.contains(beginning.first) else { return false }
      if case .json = shape { return firstBytes.contains(beginning.firstOfText) }
      return true
    }
  }

  /// Entries hold no references, so that looking at one costs nothing but the look.
  private(set) var entries: [Entry] = []
  private(set) var rivals: [Int] = []
  /// Per rival the literal with which its lines go on where the other head's message begins; nil if they go on in
  /// another way.
  private(set) var rivalLiterals: [[UInt8]?] = []
  private(set) var json: [JSONHead] = []
  private(set) var csv: [CSVHead] = []
  /// Per entry what lies between the opening of its layout and the message; nil where there is no opening.
  private(set) var gaps: [LineGaps?] = []
  private(set) var code = LayoutCode()
  /// The layouts of RFC 3339 times and of seconds since the epoch, for values whose head gives none.
  private(set) var standardTimes: [Range<Int>] = []

  /// `isExhaustive`: whether the first byte of a line is left out of account.
  init(_ catalogue: ParserCatalogue, isExhaustive: Bool) {
    for place in catalogue.headOrder {
      let component = catalogue.components[place.component]
      let definition = component.heads[place.head].definition
      let alike = rivals(of: definition.shape, in: place.component, catalogue)
      rivals += alike
      rivalLiterals += alike.map { literal(of: $0, behind: definition.shape, catalogue) }
      gaps.append(Self.gaps(in: definition.shape))
      let firstBytes = isExhaustive ? .all : Self.firstBytes(of: definition.shape, levels: component.levels)
      entries.append(
        Entry(
          component: place.component,
          index: place.head,
          shape: add(definition.shape),
          firstBytes: ByteMask(firstBytes),
          isNamedOnly: definition.isNamedOnly,
          isCatchAll: Self.isCatchAll(definition.shape),
          bit: 1 << UInt64(place.head),
          rivals: rivals.count - alike.count..<rivals.count
        )
      )
    }
    let standard = [
      "{time YYYY-MM-DDThh:mm:ss[.S]}{zone}", "{time YYYY-MM-DD hh:mm:ss[.S]}{zone}",
      "{time YYYY-MM-DD hh:mm:ss[.S]} {zone}", "{time YYYY-MM-DD hh:mm:ss[,S]}", "{time YYYY-MM-DD hh:mm:ss[.S]}",
      "{time YYYY-MM-DDThh:mm:ss[.S]}", "{time YYYY-MM-DDThh:mm:ss[,S]}", "{epoch}",
    ]
    standardTimes = standard.compactMap { try? Layout(time: $0) }.map { code.add($0) }
  }

  private mutating func add(_ shape: HeadDefinition.Shape) -> Shape {
    switch shape {
    case .layout(let layout): return .layout(code.add(layout))
    case .json(let shape):
      json.append(JSONHead(shape, timeSteps: shape.timeLayout.map { code.add($0) }))
      return .json(json.count - 1)
    case .csv(let shape):
      csv.append(CSVHead(shape, timeSteps: shape.timeLayout.map { code.add($0) }))
      return .csv(csv.count - 1)
    }
  }

  private static func gaps(in shape: HeadDefinition.Shape) -> LineGaps? {
    guard case .layout(let layout) = shape else { return nil }
    let length = LayoutCode.openingLength(of: layout.parts)
    return length > 0 ? LineGaps(layout.parts[length...]) : nil
  }

  private static func isCatchAll(_ shape: HeadDefinition.Shape) -> Bool {
    guard case .layout(let layout) = shape else { return false }
    return !layout.parts.contains { part in
      switch part {
      case .time, .epoch, .level: true
      case .literal, .blanks, .zone, .pid, .skip, .field, .message: false
      }
    }
  }

  // MARK: Rivals

  private func rivals(of shape: HeadDefinition.Shape, in component: Int, _ catalogue: ParserCatalogue) -> [Int] {
    guard case .layout(let layout) = shape else { return [] }
    return entries.indices.filter { earlier in
      guard entries[earlier].component == component, !entries[earlier].isNamedOnly else { return false }
      let definition = catalogue.components[component].heads[entries[earlier].index].definition
      guard case .layout(let other) = definition.shape else { return false }
      return Self.isSpecialCase(other, of: layout)
    }
  }

  /// The literal that a rival has in place of the message.
  private func literal(of rival: Int, behind shape: HeadDefinition.Shape, _ catalogue: ParserCatalogue) -> [UInt8]? {
    let definition = catalogue.components[entries[rival].component].heads[entries[rival].index].definition
    guard case .layout(let general) = shape, case .layout(let special) = definition.shape else { return nil }
    let common = zip(special.parts, general.parts).prefix { $0 == $1 }.count
    guard common < special.parts.count, common < general.parts.count, general.parts[common] == .message,
      case .literal(let bytes) = special.parts[common]
    else { return nil }
    return bytes
  }

  /// Whether all rivals of a head show at the beginning of its message.
  func areRivalsLiteral(_ head: Int) -> Bool {
    entries[head].rivals.allSatisfy { rivalLiterals[$0] != nil }
  }

  /// Whether a rival of a head may stand in a line whose message begins at `start`.
  func hasRival(_ head: Int, in line: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    entries[head].rivals.contains { rival in
      guard let literal = rivalLiterals[rival] else { return true }
      return start + literal.count <= end && line.holds(literal.span, 0, literal.count, at: start)
    }
  }

  /// Whether a layout begins as a general one does and goes on in more detail where that one takes anything.
  private static func isSpecialCase(_ special: Layout, of general: Layout) -> Bool {
    for (mine, theirs) in zip(special.parts, general.parts) where mine != theirs {
      switch theirs {
      case .message, .skip, .field: return true
      case .literal, .blanks, .time, .epoch, .zone, .level, .pid: return false
      }
    }
    return false
  }

  // MARK: First bytes

  private static func firstBytes(of shape: HeadDefinition.Shape, levels: [LevelWord]) -> ByteSet {
    switch shape {
    case .layout(let layout): return firstBytes(of: layout.parts[...], levels: levels)
    case .json: return ByteSet([UInt8(ascii: "{"), 0x20, 0x09])
    case .csv(let shape):
      guard shape.columns.first == "time" else { return .all }
      var bytes = shape.timeLayout.map { firstBytes(of: $0.parts[...], levels: levels) } ?? .digits
      bytes.insert(UInt8(ascii: "\""))
      return bytes
    }
  }

  private static func firstBytes(of parts: ArraySlice<LayoutPart>, levels: [LevelWord]) -> ByteSet {
    switch parts.first {
    case .literal(let bytes): ByteSet(Array(bytes.prefix(1)))
    case .blanks: ByteSet([0x20, 0x09])
    case .epoch, .pid: .digits
    case .level: ByteSet(levels.compactMap { $0.word.utf8.first })
    case .time(let times): firstBytes(of: times.first)
    case .zone, .skip, .field, .message, nil: .all
    }
  }

  private static func firstBytes(of part: TimePart?) -> ByteSet {
    switch part {
    case .literal(let byte): ByteSet([byte])
    case .year, .month, .day, .hour, .minute, .second, .fraction: .digits
    case .monthName: .letters
    case .looseDay, .optionalFraction, nil: .all
    }
  }
}

/// The first byte of a line, and the first one that is not blank.
struct LineBeginning {
  let first: UInt8
  let firstOfText: UInt8

  /// `line[start..<end]` is neither empty nor blank.
  init(_ line: Span<UInt8>, _ start: Int, _ end: Int) {
    first = line[start]
    firstOfText = line[min(line.skippingBlanks(from: start, to: end), end - 1)]
  }
}
