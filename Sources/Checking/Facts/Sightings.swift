/// All that was asked, and what came back, before anything is made of it.
package struct Sightings: Hashable, Sendable {
  package var servers: [ServerSighting] = []
  package var agents: [AgentSighting] = []
  package var files: [SavedFile] = []

  package init(servers: [ServerSighting] = [], agents: [AgentSighting] = [], files: [SavedFile] = []) {
    self.servers = servers
    self.agents = agents
    self.files = files
  }
}

/// A server that was asked.
package struct ServerSighting: Hashable, Sendable {
  package var place: Place
  /// The member's name, if the user gave one.
  package var givenName: String?
  package var facts: ServerFacts?
  package var unanswered: Unanswered?
  /// What it would not tell although it answered, in a clause.
  package var missing: String?

  package init(
    place: Place,
    givenName: String? = nil,
    facts: ServerFacts? = nil,
    unanswered: Unanswered? = nil,
    missing: String? = nil
  ) {
    self.place = place
    self.givenName = givenName
    self.facts = facts
    self.unanswered = unanswered
    self.missing = missing
  }
}

/// A member's Patroni that was asked.
package struct AgentSighting: Hashable, Sendable {
  package var place: Place
  /// The member's name, if the user gave one.
  package var givenName: String?
  package var facts: AgentFacts?
  package var listing: Listing?
  package var history: [Promotion]?
  package var configuration: DynamicConfiguration?
  package var unanswered: Unanswered?
  /// What it would not tell although it answered, in a clause.
  package var missing: String?

  package init(
    place: Place,
    givenName: String? = nil,
    facts: AgentFacts? = nil,
    listing: Listing? = nil,
    history: [Promotion]? = nil,
    configuration: DynamicConfiguration? = nil,
    unanswered: Unanswered? = nil,
    missing: String? = nil
  ) {
    self.place = place
    self.givenName = givenName
    self.facts = facts
    self.listing = listing
    self.history = history
    self.configuration = configuration
    self.unanswered = unanswered
    self.missing = missing
  }
}

/// A listing or history that somebody saved.
package struct SavedFile: Hashable, Sendable {
  package var name: String
  /// How long ago it was saved, in seconds; nil if that is not known.
  package var age: Double?
  package var listing: Listing?
  package var history: [Promotion]?

  package init(name: String, age: Double? = nil, listing: Listing? = nil, history: [Promotion]? = nil) {
    self.name = name
    self.age = age
    self.listing = listing
    self.history = history
  }
}
