import Contract

/// How a report may differ from the one that it is held against.
struct Comparison {
  /// By how many seconds all instants moved.
  var shift: Double = 0
  /// By how many seconds an instant may miss that.
  var tolerance: Double = 0.0015
  /// Names that were changed, new to old.
  var names: [String: String] = [:]
  /// Claims that may differ, by the beginning of their line in the list of differences.
  var ignoring: [String] = []

  /// What differs beyond that, one line each; empty if nothing does.
  func differences(_ before: Outline, _ after: Outline) -> [String] {
    var found: [String] = []
    compare("verdict", before.verdict, after.verdict, &found)
    for name in Set(before.members.keys).union(after.members.keys.map(renamed)).sorted() {
      let now = after.members.first { renamed($0.key) == name }?.value
      compare("member \(name)", before.members[name] ?? "-", now ?? "-", &found)
    }
    compare("findings", before.findings, after.findings, &found)
    let (old, new) = (before.incidents.map(\.kind.rawValue), after.incidents.map(\.kind.rawValue))
    compare("incidents", old.joined(separator: ", "), new.joined(separator: ", "), &found)
    if old == new {
      for (number, pair) in zip(before.incidents, after.incidents).enumerated() {
        found += differences(pair.0, pair.1).map { "incident \(number + 1) \($0)" }
      }
    }
    return found.filter { line in !ignoring.contains { line.contains($0) } }
  }

  private func differences(_ before: Outline.Incident, _ after: Outline.Incident) -> [String] {
    var found: [String] = []
    for name in before.facts.keys.sorted() { compare(name, before.facts[name] ?? "", after.facts[name] ?? "", &found) }
    for name in before.marks.keys.sorted() { compare(name, before.marks[name] ?? [], after.marks[name] ?? [], &found) }
    for name in Set(before.times.keys).union(after.times.keys).sorted() {
      guard let old = before.times[name], let new = after.times[name] else {
        found.append("\(name): \(before.times[name] == nil ? "appears" : "is gone")")
        continue
      }
      let moved = new - old - shift
      if abs(moved) > tolerance { found.append("\(name): moved by \(moved) s") }
    }
    return found
  }

  private func compare(_ name: String, _ before: String, _ after: String, _ found: inout [String]) {
    let after = renamed(after)
    if before != after { found.append("\(name): \(before) became \(after)") }
  }

  private func compare(_ name: String, _ before: Set<String>, _ after: Set<String>, _ found: inout [String]) {
    let after = Set(after.map(renamed))
    found += before.subtracting(after).sorted().map { "\(name): \($0) is gone" }
    found += after.subtracting(before).sorted().map { "\(name): \($0) is new" }
  }

  /// A text with the old names in it.
  private func renamed(_ text: String) -> String {
    guard !names.isEmpty else { return text }
    return text.split(separator: " ", omittingEmptySubsequences: false).map { names[String($0)] ?? String($0) }
      .joined(separator: " ")
  }
}
