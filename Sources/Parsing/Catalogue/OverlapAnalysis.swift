import Patterns

/// Finds the messages whose lines an earlier message without literal prefix might claim.
///
/// A line is dispatched by its first bytes. Where a message with a prefix claims it, an earlier message that is only
/// found by a literal in the middle may have the better right; this analysis proves for most pairs that it has not, so
/// that the line is not searched.
enum OverlapAnalysis {
  /// Where a message stands in its component.
  fileprivate struct Place {
    var component: Int
    var message: Int
  }

  /// Marks the messages that have to yield to messages of the given rank, which are the newest.
  static func mark(_ catalogue: inout ParserCatalogue, rank: Int) {
    for component in catalogue.components.indices {
      let places = catalogue.components[component].messages.indices
        .map { Place(component: component, message: $0) }
        .filter { !catalogue[$0].definition.isHeadless }
      mark(places, of: &catalogue, rank: rank)
    }
    let headless = catalogue.headlessOrder.map { Place(component: $0.component, message: $0.message) }
    mark(headless, of: &catalogue, rank: rank)
  }

  /// `places`: messages that are candidates for the same lines, in the order in which they are tried.
  private static func mark(_ places: [Place], of catalogue: inout ParserCatalogue, rank: Int) {
    var earlier: [(definition: MessageDefinition, test: OverlapTest)] = []
    for place in places {
      let message = catalogue[place]
      guard let literals = message.literals, let pattern = message.definition.pattern else { continue }
      if literals.prefixes.isEmpty {
        guard message.rank == rank, let outline = try? PatternOutline(pattern) else { continue }
        earlier.append((message.definition, OverlapTest(outline)))
      } else if !message.yieldsToEarlier {
        let yields = earlier.contains { other in
          mayMeet(other.definition, message.definition)
            && literals.prefixes.contains { other.test.mayMatch(textBeginningWith: $0) }
        }
        catalogue[place].yieldsToEarlier = yields
      }
    }
  }

  /// Whether two messages accept records of a common level and head.
  private static func mayMeet(_ left: MessageDefinition, _ right: MessageDefinition) -> Bool {
    func intersect(_ left: [String], _ right: [String]) -> Bool {
      left.isEmpty || right.isEmpty || left.contains(where: right.contains)
    }
    return intersect(left.levels, right.levels) && intersect(left.heads, right.heads)
  }
}

extension ParserCatalogue {
  fileprivate subscript(place: OverlapAnalysis.Place) -> CatalogueMessage {
    get { components[place.component].list[place.message] }
    set { components[place.component].messages[place.message] = newValue }
  }

  /// The headless messages of all components in the order in which they are tried: by rank, component and file.
  var headlessOrder: [(component: Int, message: Int)] {
    var order: [(component: Int, message: Int, rank: Int)] = []
    for (index, component) in components.enumerated() {
      for (number, message) in component.list.outlines.enumerated() where message.isHeadless {
        order.append((index, number, message.rank))
      }
    }
    return order.sorted { ($0.rank, $0.component, $0.message) < ($1.rank, $1.component, $1.message) }
      .map { ($0.component, $0.message) }
  }

  /// The heads of all components in the order in which they are tried.
  var headOrder: [(component: Int, head: Int)] {
    var order: [(component: Int, head: Int, rank: Int)] = []
    for (index, component) in components.enumerated() {
      for (number, head) in component.heads.enumerated() { order.append((index, number, head.rank)) }
    }
    return order.sorted { ($0.rank, $0.component, $0.head) < ($1.rank, $1.component, $1.head) }
      .map { ($0.component, $0.head) }
  }
}
