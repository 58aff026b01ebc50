/// The numbers of a live run in the text format of Prometheus (version 0.0.4).
package struct MetricsPage: Sendable, Hashable {
  /// How a number behaves.
  private enum Kind: String {
    case counter
    case gauge
  }

  package struct Label: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package private(set) var text = ""

  package init() {}

  /// Adds a number that only grows.
  package mutating func counter(_ name: String, _ help: String, _ samples: [(labels: [Label], value: Double)]) {
    family(name, help, .counter, samples)
  }

  /// Adds a number that goes up and down.
  package mutating func gauge(_ name: String, _ help: String, _ samples: [(labels: [Label], value: Double)]) {
    family(name, help, .gauge, samples)
  }

  private mutating func family(
    _ name: String,
    _ help: String,
    _ kind: Kind,
    _ samples: [(labels: [Label], value: Double)]
  ) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    for sample in samples {
      let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
      text += labels.isEmpty ? name : "\(name){\(labels)}"
      text += " \(Self.number(sample.value))\n"
    }
  }

  /// Backslash, quote and line feed are escaped; other controls of a hostile name have no place here.
  private static func escaped(_ value: String) -> String {
    var result = ""
    for scalar in value.unicodeScalars.prefix(200) {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: result += "?"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}
