import Model
import Patterns

extension ParserCatalogue {
  /// Reads the compact form that the build makes of the bundled parser files.
  ///
  /// It is trusted to be well-formed; a line that is not is passed over.
  package init(compact: String) {
    var reader = CompactReader()
    var text = compact
    text.withUTF8 { reader.read($0) }
    self.init()
    components = reader.finished()
  }
}

/// Reads the lines of the compact form into components.
private struct CompactReader {
  private var components: [CatalogueComponent] = []
  private var componentName = ""
  private var head: HeadDefinition?
  private var message: CatalogueMessage?
  private let place = ParserLocation(file: "bundled")
  // A raw value is compared with one case after the other, which takes long for thousands of lines.
  private let kinds = Dictionary(uniqueKeysWithValues: EventKind.allCases.map { ($0.rawValue, $0) })
  private let fields = Dictionary(uniqueKeysWithValues: Field.allCases.map { ($0.rawValue, $0) })

  mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
    var columns: [Range<Int>] = []
    var start = 0
    while start < text.count {
      columns.removeAll(keepingCapacity: true)
      var position = start
      while position < text.count, text[position] != 0x0A {
        if text[position] == 0x09 {
          columns.append(start..<position)
          start = position + 1
        }
        position += 1
      }
      columns.append(start..<position)
      start = position + 1
      readLine(CompactLine(text: text, columns: columns))
    }
  }

  mutating func finished() -> [CatalogueComponent] {
    closeEntry()
    return components
  }

  private mutating func readLine(_ line: CompactLine) {
    switch line.tag {
    case UInt8(ascii: "C"):
      closeEntry()
      guard let component = line.component else { return }
      components.append(component)
      componentName = component.component.name
    case UInt8(ascii: "L"):
      guard let level = Level(name: line.string(2)), !components.isEmpty else { return }
      components[components.count - 1].levels.append(LevelWord(line.string(1), level))
    case UInt8(ascii: "H"):
      closeEntry()
      head = line.head(at: place)
    case UInt8(ascii: "A"): head?.shape.add(line.string(1), line.string(2))
    case UInt8(ascii: "M"):
      closeEntry()
      message = line.message(of: componentName, at: place)
      message?.definition.event = kinds[line.string(2)]
    case UInt8(ascii: "S"):
      guard let value = line.fieldValue(fields) else { return }
      if head != nil { head?.set.append(value) } else { message?.definition.set.append(value) }
    default: readMessagePart(line)
    }
  }

  private mutating func readMessagePart(_ line: CompactLine) {
    switch line.tag {
    case UInt8(ascii: "E"):
      message?.definition.pattern = line.raw(1)
      let suffices = message?.literals?.prefixSuffices ?? false
      message?.literals = PatternLiterals(prefixes: [], prefixSuffices: suffices, required: [])
    case UInt8(ascii: "K"):
      if let value = line.fieldValue(fields) { message?.definition.keys.append(value) }
    case UInt8(ascii: "V"): message?.definition.levels.append(line.string(1))
    case UInt8(ascii: "W"): message?.definition.heads.append(line.string(1))
    case UInt8(ascii: "P"): message?.literals?.prefixes.append(line.bytes(1))
    case UInt8(ascii: "R"): message?.literals?.required.append(line.bytes(1))
    default: break
    }
  }

  /// Puts the head or message that was being read into its component.
  private mutating func closeEntry() {
    guard !components.isEmpty else { return }
    if let head { components[components.count - 1].heads.append(CatalogueHead(definition: head, rank: 0)) }
    if var message {
      if message.definition.pattern == nil { message.literals = nil }
      components[components.count - 1].messages.append(message)
    }
    head = nil
    message = nil
  }
}

/// One line of the compact form.
private struct CompactLine {
  let text: UnsafeBufferPointer<UInt8>
  let columns: [Range<Int>]

  var tag: UInt8 {
    columns[0].count == 1 ? text[columns[0].lowerBound] : 0
  }

  /// A column as it stands.
  func raw(_ index: Int) -> String {
    guard index < columns.count else { return "" }
    return String(decoding: UnsafeBufferPointer(rebasing: text[columns[index]]), as: UTF8.self)
  }

  /// A column with its escapes resolved.
  func string(_ index: Int) -> String {
    guard index < columns.count else { return "" }
    let isPlain = !text[columns[index]].contains(UInt8(ascii: "\\"))
    return isPlain ? raw(index) : String(decoding: bytes(index), as: UTF8.self)
  }

  func bytes(_ index: Int) -> [UInt8] {
    guard index < columns.count else { return [] }
    let column = text[columns[index]]
    guard column.contains(UInt8(ascii: "\\")) else { return Array(column) }
    var result: [UInt8] = []
    var position = column.startIndex
    while position < column.endIndex {
      if column[position] == UInt8(ascii: "\\"), position + 3 < column.endIndex {
        result.append(Self.digit(column[position + 2]) << 4 | Self.digit(column[position + 3]))
        position += 4
      } else {
        result.append(column[position])
        position += 1
      }
    }
    return result
  }

  private static func digit(_ byte: UInt8) -> UInt8 {
    byte.isDigit ? byte - 0x30 : (byte & 0x0F) &+ 9
  }

  private func has(_ flag: Unicode.Scalar, in index: Int) -> Bool {
    index < columns.count && text[columns[index]].contains(UInt8(ascii: flag))
  }

  // MARK: Entries

  func fieldValue(_ fields: [String: Field]) -> FieldValue? {
    fields[string(1)].map { FieldValue($0, string(2)) }
  }

  var component: CatalogueComponent? {
    guard let role = ComponentRole(rawValue: string(2)) else { return nil }
    return CatalogueComponent(
      component: Component(name: string(1), role: role),
      title: string(3),
      versions: string(4),
      programs: columns.count > 5 ? (5..<columns.count).map(string) : [],
      levels: [],
      heads: [],
      messages: []
    )
  }

  func head(at place: ParserLocation) -> HeadDefinition? {
    let shape: HeadDefinition.Shape
    let timeLayout = string(4).isEmpty ? nil : try? Layout(time: string(4))
    switch string(3) {
    case "layout":
      guard let layout = try? Layout(line: string(4)) else { return nil }
      shape = .layout(layout)
    case "json":
      var json = JSONShape()
      json.timeLayout = timeLayout
      shape = .json(json)
    default: shape = .csv(CSVShape(columns: [], timeLayout: timeLayout))
    }
    let isNamedOnly = has(CompactForm.Flag.namedOnly, in: 2)
    return HeadDefinition(id: string(1), shape: shape, isNamedOnly: isNamedOnly, location: place)
  }

  func message(of component: String, at place: ParserLocation) -> CatalogueMessage {
    var definition = MessageDefinition(id: string(1), location: place)
    definition.isHeadless = has(CompactForm.Flag.headless, in: 3)
    definition.isBlock = has(CompactForm.Flag.block, in: 3)
    let suffices = has(CompactForm.Flag.suffices, in: 3)
    return CatalogueMessage(
      id: component + "." + definition.id,
      definition: definition,
      literals: PatternLiterals(prefixes: [], prefixSuffices: suffices, required: []),
      yieldsToEarlier: has(CompactForm.Flag.yields, in: 3),
      rank: 0
    )
  }
}

extension HeadDefinition.Shape {
  /// Adds a key or column of a JSON or CSV head.
  fileprivate mutating func add(_ role: String, _ name: String) {
    switch self {
    case .layout: break
    case .json(var shape):
      switch role {
      case "time": shape.time.append(name)
      case "level": shape.level.append(name)
      case "message": shape.message.append(name)
      case "pid": shape.pid.append(name)
      case "requires": shape.requires.append(name)
      case "inside": shape.inside.append(name)
      default: shape.also.append(name)
      }
      self = .json(shape)
    case .csv(var shape):
      if role == "column" { shape.columns.append(name) } else { shape.also.append(name) }
      self = .csv(shape)
    }
  }
}
