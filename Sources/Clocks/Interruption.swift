/// A stretch in which a source's service failed, as indices of events.
struct Interruption: Hashable {
  /// The last line before it that shows the service well; nil where the source's lines begin in it.
  var lastGood: Int?
  var firstBad: Int?
  var lastBad: Int?
  /// The first line after it that shows the service well.
  var firstGood: Int

  init(lastGood: Int?, firstBad: Int? = nil, lastBad: Int? = nil, firstGood: Int) {
    self.lastGood = lastGood
    self.firstBad = firstBad
    self.lastBad = lastBad
    self.firstGood = firstGood
  }

  /// A line that shows the service well or failing.
  struct Line {
    var event: Int
    var isGood: Bool
  }

  /// The interruptions that a source's lines tell, in their order.
  ///
  /// - Parameters:
  ///   - lines: of one source.
  ///   - isClose: whether a failure comes so soon after a success that the service was never back.
  /// - Returns: in the order of the lines.
  static func all(in lines: [Line], isClose: (_ earlier: Int, _ later: Int) -> Bool) -> [Interruption] {
    var result: [Interruption] = []
    var lastGood: Int?
    var bad: (first: Int, last: Int)?
    for line in lines {
      if line.isGood {
        if let bad {
          result.append(
            Interruption(lastGood: lastGood, firstBad: bad.first, lastBad: bad.last, firstGood: line.event)
          )
        }
        bad = nil
        lastGood = line.event
      } else if bad == nil, let last = result.last, isClose(last.firstGood, line.event) {
        result.removeLast()
        lastGood = last.lastGood
        bad = (last.firstBad ?? line.event, line.event)
      } else {
        bad = (bad?.first ?? line.event, line.event)
      }
    }
    return result
  }
}
