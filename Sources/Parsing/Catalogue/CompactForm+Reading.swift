import Model

extension ParserCatalogue {
  /// Reads the compact form that the build makes of the bundled parser files.
  ///
  /// It is trusted to be well-formed; a line that is not is passed over. Messages are read when they are asked for.
  package init(compact: String) {
    var reader = CompactReader(CompactText(compact))
    reader.read()
    self.init()
    components = reader.components
  }
}

/// Reads the lines of the compact form into components, and leaves their messages where they are.
private struct CompactReader {
  private(set) var components: [CatalogueComponent] = []
  private var head: HeadDefinition?
  private let text: CompactText

  init(_ text: CompactText) {
    self.text = text
  }

  mutating func read() {
    text.withBytes { bytes in
      var start = 0
      while start < bytes.count {
        let line = CompactLine(bytes, from: start)
        start = line.next
        if line.tag == UInt8(ascii: "B") {
          let end = start + (line.number(1) ?? 0)
          closeHead()
          readMessages(in: start..<max(start, end))
          start = max(start, end)
        } else {
          read(line)
        }
      }
    }
    closeHead()
  }

  private mutating func read(_ line: CompactLine) {
    switch line.tag {
    case UInt8(ascii: "C"):
      closeHead()
      if let component = line.component { components.append(component) }
    case UInt8(ascii: "L"):
      guard let level = Level(name: line.string(2)), !components.isEmpty else { return }
      components[components.count - 1].levels.append(LevelWord(line.string(1), level))
    case UInt8(ascii: "H"):
      closeHead()
      head = line.head
    case UInt8(ascii: "A"): head?.shape.add(line.string(1), line.string(2))
    case UInt8(ascii: "S"): if let value = line.fieldValue { head?.set.append(value) }
    default: break
    }
  }

  private mutating func readMessages(in lines: Range<Int>) {
    guard let name = components.last?.component.name else { return }
    components[components.count - 1].list = .compact(CompactMessages(text, of: name, in: lines))
  }

  /// Puts the head that was being read into its component.
  private mutating func closeHead() {
    guard let head, !components.isEmpty else { return }
    components[components.count - 1].heads.append(CatalogueHead(definition: head, rank: 0))
    self.head = nil
  }
}

extension CompactLine {
  /// The component of a line `C`.
  fileprivate var component: CatalogueComponent? {
    guard let role = ComponentRole(rawValue: string(2)) else { return nil }
    return CatalogueComponent(
      component: Component(name: string(1), role: role),
      title: string(3),
      versions: string(4),
      programs: strings(from: 5),
      levels: [],
      heads: [],
      messages: []
    )
  }

  /// The head of a line `H`.
  fileprivate var head: HeadDefinition? {
    let shape: HeadDefinition.Shape
    let layout = string(4)
    switch string(3) {
    case "layout":
      guard let layout = try? Layout(line: layout) else { return nil }
      shape = .layout(layout)
    case "json":
      var json = JSONShape()
      json.timeLayout = layout.isEmpty ? nil : try? Layout(time: layout)
      shape = .json(json)
    default:
      shape = .csv(CSVShape(columns: [], timeLayout: layout.isEmpty ? nil : try? Layout(time: layout)))
    }
    return HeadDefinition(
      id: string(1),
      shape: shape,
      isNamedOnly: has(CompactForm.Flag.namedOnly, in: 2),
      location: ParserLocation(file: CompactForm.file)
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
