/// What logs are called in a bundle: by their paths, as far as a log's name depends on them.
package enum CasePaths {
  /// Names for paths, all different, none of which leads out of the bundle's folder.
  ///
  /// The last three parts of a path stay; `rename` gives a part its pseudonym, and a part that has none is hidden if
  /// `hidesUnknown`, unless every machine has a folder or file of that name.
  package static func names(
    of paths: [String],
    hidesUnknown: Bool = false,
    rename: (String) -> String = { $0 }
  ) -> [String] {
    var taken: Set<String> = []
    return paths.map { path in
      let parts = path.split(separator: "/").map(String.init).filter { $0 != "." && $0 != ".." }
      let kept = parts.suffix(3).enumerated().map { index, part in
        let isFile = index == min(parts.count, 3) - 1
        let renamed = rename(part)
        return hidesUnknown && renamed == part ? hidden(part, isFile: isFile) : renamed
      }
      let name = unique(kept.isEmpty ? "stdin" : kept.joined(separator: "/"), taken)
      taken.insert(name)
      return name
    }
  }

  private static func unique(_ name: String, _ taken: Set<String>) -> String {
    guard taken.contains(name) else { return name }
    let folder = (2...).lazy.map { "copy\($0)/\(name)" }
    return folder.first { !taken.contains($0) } ?? name
  }

  /// A part of which nothing is known but that a person chose it.
  private static func hidden(_ part: String, isFile: Bool) -> String {
    let stem = part.prefix { $0 != "." }
    let program = stem.lowercased().prefix { $0.isLetter }
    if common.contains(String(program)), stem.dropFirst(program.count).allSatisfy({ $0.isNumber || "-_".contains($0) })
    {
      return part
    }
    return isFile ? "log" + part[stem.endIndex...] : "folder"
  }

  private static let common: Set<String> = [
    "patroni", "postgresql", "postgres", "pgbouncer", "haproxy", "etcd", "monitor", "compose", "journald", "syslog",
    "kubectl", "messages", "log", "logs", "var", "pods", "containers", "current", "stdin", "pg", "consul", "zookeeper",
    "after", "before",
  ]
}
