import Model

/// What does not change from event to event of one slot.
struct MessageRule {
  var id: String
  var component: Component
  var set: [FieldValue]
  /// Fields and the JSON keys that hold them.
  var keys: [(field: Field, name: [UInt8])]
}

/// The rules of all slots, of which each is made when the first event of its slot is.
struct MessageRules {
  private let catalogue: ParserCatalogue
  private let places: [MessagePlace]
  private var known: [MessageRule] = []
  /// Per slot, the place of its rule in `known`, or -1.
  private var indices: [Int32]

  init(_ catalogue: ParserCatalogue, _ plan: DispatchPlan) {
    self.catalogue = catalogue
    places = plan.places
    indices = Array(repeating: -1, count: plan.places.count)
  }

  mutating func rule(of slot: Int32) -> MessageRule {
    if indices[Int(slot)] < 0 { make(slot) }
    return known[Int(indices[Int(slot)])]
  }

  private mutating func make(_ slot: Int32) {
    let place = places[Int(slot)]
    let component = catalogue.components[place.component]
    let message = component.list[place.message]
    indices[Int(slot)] = Int32(known.count)
    known.append(
      MessageRule(
        id: message.id,
        component: component.component,
        set: message.definition.set,
        keys: message.definition.keys.map { ($0.field, Array($0.value.utf8)) }
      )
    )
  }
}
