import Model
import Patterns

/// Where a slot's message is in the catalogue.
struct MessagePlace {
  var component: Int
  var message: Int
}

/// The order in which messages are tried, as one list of slots.
///
/// Group `i` holds the messages of component `i` that stand under a head; the last group holds the headless ones of all
/// components. Within a group, a lower slot has the better right to a line.
struct DispatchPlan {
  var places: [MessagePlace] = []
  /// The slots of each group.
  var groups: [Range<Int>] = []

  init(_ catalogue: ParserCatalogue) {
    for (index, component) in catalogue.components.enumerated() {
      let start = places.count
      for (number, message) in component.list.outlines.enumerated() where !message.isHeadless {
        places.append(MessagePlace(component: index, message: number))
      }
      groups.append(start..<places.count)
    }
    let start = places.count
    places += catalogue.headlessOrder.map { MessagePlace(component: $0.component, message: $0.message) }
    groups.append(start..<places.count)
  }
}

/// Which records a message accepts, as sets of bits.
struct Gate {
  /// Bit per level word of the component; `noLevel` for records without one.
  var levels: UInt64
  /// Bit per head of the component.
  var heads: UInt64

  /// The bit of a record whose level is not among the component's words.
  static let noLevel: UInt64 = 1 << 63
  static let all = UInt64.max

  /// The gate that is open to every record.
  static let open = Gate(levels: all, heads: all)

  private init(levels: UInt64, heads: UInt64) {
    self.levels = levels
    self.heads = heads
  }

  init(_ message: DispatchedMessage, of component: CatalogueComponent) {
    levels = message.levels.isEmpty ? Self.all : Self.bits(message.levels, among: component.levels) { $0.word }
    heads = message.heads.isEmpty ? Self.all : Self.bits(message.heads, among: component.heads) { $0.definition.id }
  }

  /// The bit of a level word's index, or of none.
  @inline(__always)
  static func bit(_ index: Int32) -> UInt64 {
    index < 0 ? noLevel : 1 << UInt64(truncatingIfNeeded: index)
  }

  @inline(__always)
  func admits(level: UInt64, head: UInt64) -> Bool {
    levels & level != 0 && heads & head != 0
  }

  private static func bits<Known>(_ wanted: [String], among known: [Known], _ name: (Known) -> String) -> UInt64 {
    var bits: UInt64 = 0
    for (index, word) in known.enumerated() where index < 63 && wanted.contains(name(word)) {
      bits |= 1 << UInt64(index)
    }
    return bits
  }
}
