/// Picks the telling one of a pod's and a container's name.
enum PodName {
  /// Containers that are called so in every member's pod.
  private static let genericContainers: Set<String> = [
    "patroni", "postgres", "postgresql", "database", "db", "spilo", "pg", "postgres-operator", "main", "app", "server",
    "etcd", "consul",
  ]

  /// `pg2` for pod `pg2-0` with container `pg2`; the pod's name where the container's is the same in every pod.
  static func source(pod: String, container: String) -> String {
    guard container != pod, !genericContainers.contains(container.lowercased()) else { return pod }
    guard pod.hasPrefix(container + "-") else { return pod }
    let suffix = pod.dropFirst(container.count + 1)
    return isReplicaSuffix(suffix) ? container : pod
  }

  /// Reads `pod/container` or `pod container`.
  static func source(prefix: String) -> String {
    guard let mark = prefix.firstIndex(where: { $0 == "/" || $0 == " " }) else { return prefix }
    return source(pod: String(prefix[..<mark]), container: String(prefix[prefix.index(after: mark)...]))
  }

  /// The pod of `pod/container` or `pod container`.
  static func pod(prefix: String) -> String {
    String(prefix.prefix { $0 != "/" && $0 != " " })
  }

  /// An ordinal, or the hash or hashes that a controller appends.
  private static func isReplicaSuffix(_ suffix: Substring) -> Bool {
    let parts = suffix.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 1 { return parts[0].utf8.allSatisfy(\.isDigit) && !suffix.isEmpty || isHash(parts[0]) }
    return parts.count == 2 && isHash(parts[1]) && (6...10).contains(parts[0].count)
  }

  private static func isHash(_ text: Substring) -> Bool {
    text.utf8.count == 5 && text.utf8.contains(where: \.isDigit)
  }
}
