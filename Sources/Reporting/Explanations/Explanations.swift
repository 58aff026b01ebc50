/// Everything that `failscope explain CODE` has to say about a word.
package struct Explanation: Hashable, Sendable {
  package var code: String
  /// One for each family that has the code.
  package var meanings: [CodeMeaning]

  /// The explanation as text, wrapped to `width` columns.
  package func text(width: Int = 80) -> String {
    var lines: [String] = []
    for meaning in meanings {
      if !lines.isEmpty { lines.append("") }
      lines += ["\(code) (\(meaning.family.rawValue))", meaning.title]
      for part in meaning.parts {
        lines += ["", part.heading]
        lines += VisibleText(part.text).wrapped(to: max(20, width - 2)).map { "  \($0)" }
      }
      if !meaning.see.isEmpty {
        lines.append("")
        lines += VisibleText("See also: " + meaning.see.joined(separator: ", ")).wrapped(to: max(20, width))
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

/// The explanation of a code, or nil for a word that is no code.
///
/// Case does not matter, nor `-` for `_`.
package func explanation(of code: String) -> Explanation? {
  let word = normalised(code)
  let meanings = allMeanings.filter { $0.code == word }
  return meanings.isEmpty ? nil : Explanation(code: word, meanings: meanings)
}

/// Every code with its meaning, by family and in the order of the contract.
package let allMeanings: [CodeMeaning] =
  CodeMeaning.incidentKinds + CodeMeaning.incidentStatuses + CodeMeaning.phases
  + CodeMeaning.nodeCauses + CodeMeaning.clusterCauses + CodeMeaning.clientCauses
  + CodeMeaning.leadershipFindings + CodeMeaning.timelineFindings + CodeMeaning.memberFindings
  + CodeMeaning.dataFindings + CodeMeaning.serverFindings + CodeMeaning.clientFindings + CodeMeaning.dcsFindings
  + CodeMeaning.logFindings
  + CodeMeaning.memberRemedies + CodeMeaning.clusterRemedies + CodeMeaning.routingRemedies
  + CodeMeaning.environmentRemedies

/// The codes that a misspelled word may have meant, nearest first, at most `most`.
package func codeSuggestions(for word: String, most: Int = 3) -> [String] {
  let word = normalised(String(word.prefix(60)))
  var codes: [String] = []
  for meaning in allMeanings where !codes.contains(meaning.code) { codes.append(meaning.code) }
  let ranked = codes.map { code in (code: code, distance: distance(from: word, to: code)) }
    .filter { $0.distance <= max(2, word.count / 3) }
  return ranked.sorted { ($0.distance, $0.code) < ($1.distance, $1.code) }.prefix(most).map(\.code)
}

private func normalised(_ word: String) -> String {
  word.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
}

/// How unlike two words are: their edit distance, or less if one is a part of the other.
private func distance(from word: String, to code: String) -> Int {
  if word.count >= 4, code.contains(word) { return 1 }
  return editDistance(word, code)
}

/// The insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
func editDistance(_ left: String, _ right: String) -> Int {
  let left = Array(left.unicodeScalars)
  let right = Array(right.unicodeScalars)
  var before: [Int] = []
  var row = Array(0...right.count)
  for i in left.indices {
    var next = [i + 1]
    for j in right.indices {
      var cost = min(row[j] + (left[i] == right[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { cost = min(cost, before[j - 1] + 1) }
      next.append(cost)
    }
    before = row
    row = next
  }
  return row[right.count]
}
