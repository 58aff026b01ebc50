package import Live
import Model

/// What the person at the keys has chosen to see.
package struct ViewState: Hashable, Sendable {
  /// What a key asks the program to do.
  package enum Action: Hashable, Sendable {
    case quit
    case saveReport
  }

  /// Which part of the screen has most of the room.
  package enum Page: Hashable, Sendable {
    case overview
    case incident
    case help
  }

  package private(set) var page = Page.overview
  /// The events as they were when the view was paused; nil while it runs.
  package private(set) var frozen: [LiveEvent]?
  /// How many events below the chosen one there are.
  package private(set) var distance = 0
  /// Whether the chosen event is shown with its whole line.
  package private(set) var isExpanded = false
  /// The incident that is shown, by its place; nil is the latest one that is open, or the latest one.
  package private(set) var incidentIndex: Int?
  /// Only events of this component are listed.
  package private(set) var component: String?
  /// What the program answered to the last key.
  package var message: String?

  package init() {}

  /// Takes a key; what has to be done outside of the view is returned.
  package mutating func press(_ key: Key, in state: LiveState) -> Action? {
    message = nil
    switch key {
    case .character("q"): return page == .overview ? .quit : leave()
    case .escape: return leave()
    case .character("s"): return .saveReport
    case .character("?"), .character("h"): page = page == .help ? .overview : .help
    case .character(" "), .character("p"): togglePause(state)
    case .character("i"): page = page == .incident ? .overview : .incident
    case .character("n"): chooseIncident(1, state)
    case .character("N"): chooseIncident(-1, state)
    case .character("c"): chooseComponent(state)
    case .up, .character("k"): scroll(1, state)
    case .down, .character("j"): scroll(-1, state)
    case .pageUp: scroll(10, state)
    case .pageDown: scroll(-10, state)
    case .home: scroll(LiveState.recentLimit * 2, state)
    case .end, .character("G"): resume()
    case .enter, .character("e"): expand(state)
    case .character: return nil
    }
    return nil
  }

  /// The events to list, the newest last.
  package func events(of state: LiveState) -> [LiveEvent] {
    let all = frozen ?? state.recent
    guard let component else { return all }
    return all.filter { $0.event.component.name == component }
  }

  /// The incident to show, and its place; nil if there is none.
  package func incident(of state: LiveState) -> (index: Int, incident: TrackedIncident)? {
    let shown = state.incidents.filter { !$0.isWithdrawn }
    let index = incidentIndex ?? shown.lastIndex { !$0.isClosed } ?? shown.indices.last
    guard let index, shown.indices.contains(index) else { return nil }
    return (index, shown[index])
  }

  // MARK: - Keys

  private mutating func leave() -> Action? {
    if page != .overview {
      page = .overview
    } else {
      resume()
    }
    return nil
  }

  private mutating func togglePause(_ state: LiveState) {
    if frozen == nil { frozen = state.recent } else { resume() }
  }

  private mutating func resume() {
    frozen = nil
    distance = 0
    isExpanded = false
  }

  private mutating func scroll(_ lines: Int, _ state: LiveState) {
    if frozen == nil { frozen = state.recent }
    distance = max(0, min(distance + lines, events(of: state).count - 1))
  }

  private mutating func expand(_ state: LiveState) {
    if frozen == nil { frozen = state.recent }
    isExpanded.toggle()
  }

  private mutating func chooseIncident(_ step: Int, _ state: LiveState) {
    let count = state.incidents.count { !$0.isWithdrawn }
    guard count > 0 else {
      message = "There is no incident yet."
      return
    }
    let index = incident(of: state)?.index ?? 0
    incidentIndex = ((index + step) % count + count) % count
  }

  private mutating func chooseComponent(_ state: LiveState) {
    let names = Array(Set((frozen ?? state.recent).map(\.event.component.name))).sorted()
    let next = component.map { current in names.first { $0 > current } } ?? names.first
    component = next
    distance = 0
    message = component.map { "Only events of \($0) are listed." } ?? "Events of all components are listed."
  }
}
