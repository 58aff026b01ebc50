import Analyzer
import Contract
import Model

/// Whose log an event stands in.
struct SourceMembers {
  private let names: [String]
  private let members: [String?]

  init(_ result: AnalysisResult) {
    names = result.sources.map(\.name)
    members = result.sources.map { source in
      result.report.input.sources.first { $0.name == source.name && $0.path == source.path }?.member
    }
  }

  /// The name of the event's source; `?` for one that is not in the list.
  func name(of event: Event) -> String {
    names.indices.contains(event.source.index) ? names[event.source.index] : "?"
  }

  /// The member that the source's lines come from, or nil.
  func member(of event: Event) -> String? {
    members.indices.contains(event.source.index) ? members[event.source.index] : nil
  }
}
