package import Contract

/// The member that a remedy of a report is about.
///
/// A remedy names it in its sentence only. The sentence is failscope's own, and the first member in it is the one that
/// something is done to, but for those that are done at the leader for somebody else; which the findings tell.
package enum RemedyTarget {
  /// The member, or nil if the remedy is about the cluster or does not tell.
  package static func member(of remedy: Remedy, in incident: Incident, cluster: Cluster) -> String? {
    let names = names(in: incident, cluster: cluster)
    let mentioned = mentions(of: names, in: remedy.summary)
    let found = Set(incident.findings.filter { remedy.answers.contains($0.code) }.compactMap(\.member))
    if remedy.code == .fixConfiguration || remedy.code == .checkCloneSource {
      return mentioned.first { found.contains($0) } ?? mentioned.first
    }
    return mentioned.first
  }

  private static func names(in incident: Incident, cluster: Cluster) -> Set<String> {
    var names = Set(cluster.members.map(\.name) + incident.findings.compactMap(\.member))
    names.formUnion([incident.oldPrimary, incident.newPrimary].compactMap { $0 })
    return names.filter { !$0.isEmpty }
  }

  /// The names that stand in a text as words of their own, in the order in which they do.
  static func mentions(of names: Set<String>, in text: String) -> [String] {
    var found: [(place: String.Index, name: String)] = []
    // The longer first, so that `pg1` is not found in `pg1-b`.
    for name in names.sorted(by: { ($0.count, $0) > ($1.count, $1) }) {
      for range in text.ranges(of: name) where isWord(range, in: text) {
        guard !found.contains(where: { overlaps($0.place, $0.name, range, in: text) }) else { continue }
        found.append((range.lowerBound, name))
        break
      }
    }
    return found.sorted { $0.place < $1.place }.map(\.name)
  }

  private static func overlaps(_ start: String.Index, _ name: String, _ range: Range<String.Index>, in text: String)
    -> Bool
  {
    let end = text.index(start, offsetBy: name.count, limitedBy: text.endIndex) ?? text.endIndex
    return range.overlaps(start..<end)
  }

  private static func isWord(_ range: Range<String.Index>, in text: String) -> Bool {
    let isOpen = range.lowerBound == text.startIndex || !isPartOfName(text[text.index(before: range.lowerBound)])
    guard isOpen, range.upperBound < text.endIndex else { return isOpen }
    let next = text[range.upperBound]
    guard next == "." || next == "-" else { return !isPartOfName(next) }
    // A full stop ends a sentence, a dot goes on with a name.
    let after = text.index(after: range.upperBound)
    return after == text.endIndex || !isPartOfName(text[after])
  }

  private static func isPartOfName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "-" || character == "."
  }
}
