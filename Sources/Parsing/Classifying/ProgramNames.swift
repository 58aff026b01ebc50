/// Tells which component a syslog identifier or a file's name means.
struct ProgramNames {
  private var components: [(name: String, component: Int)] = []

  init(_ catalogue: ParserCatalogue) {
    for (index, component) in catalogue.components.enumerated() {
      for program in component.programs { components.append((program.lowercased(), index)) }
    }
  }

  /// The component of a name such as `patroni`, `postgresql@15-main` or `pgbouncer-2025-08-10`; -1 if it means none.
  ///
  /// The whole name counts first, then its first word that is a program.
  func component(of name: String) -> Int {
    let name = name.lowercased()
    if let exact = components.first(where: { $0.name == name }) { return exact.component }
    for word in name.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      if let found = components.first(where: { $0.name == word }) { return found.component }
    }
    return -1
  }
}
