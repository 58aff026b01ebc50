import ArgumentParser
import Model

/// Which events are wanted.
///
/// Several values of one option mean any of them; several options mean all.
struct EventSelection: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only events of this kind (leader.acquired) or group (leader). Can be repeated.",
      valueName: "kind"
    ),
    completion: .list(EventKind.allCases.map(\.rawValue))
  )
  var kind: [String] = []

  @Option(help: ArgumentHelp("Only events on this member or about it. Can be repeated.", valueName: "name"))
  var member: [String] = []

  @Option(help: ArgumentHelp("Only what this component says, such as patroni. Can be repeated.", valueName: "name"))
  var component: [String] = []

  mutating func validate() throws {
    for kind in kind where !EventKind.allCases.contains(where: { Self.matches($0, kind) }) {
      throw ValidationError("There is no kind of event '\(kind)'; 'failscope parsers vocabulary' lists them.")
    }
  }

  /// Whether an event is wanted; `memberOfSource` is the member whose log it stands in.
  func contains(_ event: Event, member memberOfSource: String?) -> Bool {
    (kind.isEmpty || kind.contains { Self.matches(event.kind, $0) })
      && (component.isEmpty || component.contains(event.component.name))
      && (member.isEmpty || member.contains { concerns(event, $0, memberOfSource) })
  }

  private func concerns(_ event: Event, _ name: String, _ memberOfSource: String?) -> Bool {
    if memberOfSource == name { return true }
    return [Field.name, .member, .leader, .candidate, .server].contains { event.fields[$0] == name }
  }

  /// `leader.acquired` is in the groups `leader`, `leader.` and `leader.*`.
  private static func matches(_ kind: EventKind, _ pattern: String) -> Bool {
    var group = Substring(pattern)
    if group.last == "*" { group.removeLast() }
    if group.last == "." { group.removeLast() }
    return kind.rawValue == pattern || kind.rawValue.hasPrefix(group + ".")
  }
}
