/// What can be kept out of a report that leaves the house.
package enum Redactable: String, CaseIterable, Hashable, Sendable {
  /// Members, hosts, containers, sources, the cluster, its system identifier, databases.
  case names
  /// IPv4 and IPv6 addresses.
  case addresses
  /// Roles of the database.
  case users
  /// Whole statements; what they compare with and insert is always hidden.
  case sql
}

/// What a redaction hides.
package struct RedactionPlan: Hashable, Sendable {
  package var hidden: Set<Redactable>
  /// Whether literals of statements and secrets of connection strings stay readable.
  package var showsSecrets: Bool
  /// With a key the same name gets the same pseudonym in every report; without one, pseudonyms are numbered.
  package var key: String?

  package init(hidden: Set<Redactable> = [], showsSecrets: Bool = false, key: String? = nil) {
    self.hidden = hidden
    self.showsSecrets = showsSecrets
    self.key = key
  }

  /// Whether every text stays as it is.
  package var isIdle: Bool { hidden.isEmpty && showsSecrets }
}
