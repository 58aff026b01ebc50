/// What a pseudonym stands for, and the word that it begins with.
enum NameKind: String, CaseIterable, Hashable, Sendable {
  case cluster
  case node
  case database
  case user
  case address
  case number

  /// The word in front of a pseudonym of this kind for `name`: a program that the name speaks of stays in it, since that
  /// is how a log's lines are told apart.
  func lead(for name: String) -> String {
    guard self == .node else { return rawValue }
    return Self.programs.first { name.lowercased().contains($0) } ?? rawValue
  }

  private static let programs = [
    "etcd", "haproxy", "pgbouncer", "patroni", "consul", "zookeeper", "postgresql", "postgres", "monitor",
  ]
}

/// Words that every installation has: they tell nothing about whose it is.
enum GenericWords {
  static func contains(_ word: String) -> Bool {
    word.utf8.count < 2 || word.utf8.allSatisfy(ByteText.isDigit) || words.contains(word.lowercased())
  }

  private static let words: Set<String> = [
    "postgres", "postgresql", "pg", "patroni", "etcd", "haproxy", "pgbouncer", "consul", "zookeeper", "kubernetes",
    "raft",
    "monitor", "client", "clients", "primary", "replica", "standby", "leader", "master", "slave", "node", "nodes", "db",
    "database", "server", "servers", "localhost", "cluster", "main", "default", "service", "app", "application",
    "proxy",
    "pooler", "kernel", "systemd", "docker", "compose", "log", "logs", "stdin", "replication", "replicator", "rewind",
    "rewind_user", "template0", "template1", "root", "admin", "public", "all", "local", "host", "unknown",
    "standard input",
    "batman", "walreceiver", "read", "write", "writes", "stats", "frontend", "backend", "backends", "dcs", "none",
    "null",
    "true", "false", "in", "on", "at", "to", "of", "for", "from", "with", "and", "the", "was", "is", "not", "no", "as",
    "by",
    "it", "its", "after", "before", "failscope", "timeline", "lock", "member", "members", "journal", "syslog",
    "messages",
    "pgdata", "data", "wal", "sql", "events",
  ]
}
