import Model
import Yams

extension ParserFileReader {
  private static let headKeys = [
    "id", "layout", "json", "csv", "time", "also", "requires", "inside", "set", "named_only", "example",
  ]

  /// Reads one entry of `heads`; nil (and a diagnostic) if it cannot be used.
  mutating func head(_ node: Node) -> HeadDefinition? {
    var values: [String: Node] = [:]
    for (key, keyNode, value) in yaml.pairs(node, "a head") {
      if Self.headKeys.contains(key) {
        values[key] = value
      } else {
        yaml.unknownKey(keyNode, key, of: "a head", known: Self.headKeys)
      }
    }
    guard let idNode = values["id"] else {
      yaml.report(node, "a head has no 'id'")
      return nil
    }
    guard let id = word(idNode, "id"), let shape = shape(values, of: node) else { return nil }
    return HeadDefinition(
      id: id,
      shape: shape,
      set: values["set"].map { self.values($0, "set") } ?? [],
      isNamedOnly: values["named_only"].map { yaml.flag($0, "named_only") } ?? false,
      example: values["example"].flatMap { yaml.text($0, "example") },
      location: yaml.location(of: node)
    )
  }

  private mutating func shape(_ values: [String: Node], of node: Node) -> HeadDefinition.Shape? {
    switch (values["layout"], values["json"], values["csv"]) {
    case (let layout?, nil, nil):
      for key in ["time", "also", "requires", "inside"] {
        if let misplaced = values[key] { yaml.report(misplaced, "'\(key)' does not go with 'layout'") }
      }
      return lineLayout(layout).map { .layout($0) }
    case (nil, let json?, nil): return .json(jsonShape(json, values))
    case (nil, nil, let csv?): return csvShape(csv, values)
    default:
      yaml.report(node, "a head has one of 'layout', 'json' and 'csv'")
      return nil
    }
  }

  private mutating func lineLayout(_ node: Node) -> Layout? {
    guard let text = yaml.text(node, "layout") else { return nil }
    do throws(LayoutError) {
      return try Layout(line: text)
    } catch {
      yaml.report(node, error.reason)
      return nil
    }
  }

  private mutating func timeLayout(_ node: Node?) -> Layout? {
    guard let node, let text = yaml.text(node, "time") else { return nil }
    do throws(LayoutError) {
      return try Layout(time: text)
    } catch {
      yaml.report(node, error.reason)
      return nil
    }
  }

  private mutating func jsonShape(_ node: Node, _ values: [String: Node]) -> JSONShape {
    var shape = JSONShape()
    for (key, keyNode, value) in yaml.pairs(node, "json") {
      switch key {
      case "time": shape.time = yaml.texts(value, key)
      case "level": shape.level = yaml.texts(value, key)
      case "message": shape.message = yaml.texts(value, key)
      case "pid": shape.pid = yaml.texts(value, key)
      default: yaml.unknownKey(keyNode, key, of: "json", known: ["time", "level", "message", "pid"])
      }
    }
    if shape.message.isEmpty { yaml.report(node, "json does not say which key holds the 'message'") }
    shape.timeLayout = timeLayout(values["time"])
    shape.requires = values["requires"].map { yaml.texts($0, "requires") } ?? []
    shape.also = values["also"].map { yaml.texts($0, "also") } ?? []
    shape.inside = values["inside"].map { yaml.texts($0, "inside") } ?? []
    return shape
  }

  private mutating func csvShape(_ node: Node, _ values: [String: Node]) -> HeadDefinition.Shape? {
    let also = values["also"].map { yaml.texts($0, "also") } ?? []
    let columns = yaml.texts(node, "csv")
    for column in columns where !Self.isKnown(column, also: also) {
      yaml.report(
        node,
        "there is no field '\(column)'",
        help: "A column is time, level, pid, message, a field, a name that 'also' lists, or '-'."
      )
    }
    guard columns.contains("message"), columns.contains("time") else {
      yaml.report(node, "csv has no column 'message' or no column 'time'")
      return nil
    }
    return .csv(CSVShape(columns: columns, timeLayout: timeLayout(values["time"]), also: also))
  }

  private static func isKnown(_ column: String, also: [String]) -> Bool {
    ["time", "level", "pid", "message", "-"].contains(column) || also.contains(column)
      || Field(rawValue: column) != nil
  }
}
