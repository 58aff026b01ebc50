import CByteScan
import Model

/// Finds lines that begin as earlier ones did which said nothing, so that they need no record.
struct NoiseScreen: Sendable {
  /// Beginnings that are remembered of each source: those of a few heads and levels.
  private static let limit = 4
  /// After so many lines that were no noise, only one in so many is looked at.
  private static let patience = 32
  /// What tells collectors' times and other framings from a component's own line stands in so many bytes at its beginning,
  /// see `ComposeFraming` and `Framer`: lines of a run are alike there.
  private static let leastLength = 20

  private struct Beginning {
    var head: NoiseHead
    var known: noise_beginning
  }

  /// Per source how its lines of noise begin, as learnt latest first.
  private var beginnings: [[Beginning]] = []
  /// Per source how many of its lines in a row were none.
  private var misses: [Int] = []
  /// The runs found since the last reset, and their lines with room for more.
  private(set) var runs: [NoiseRun] = []
  private(set) var lines: [noise_line] = []
  private var used = 0

  /// Forgets the runs, and makes room for as many lines.
  mutating func reset(capacity: Int) {
    runs.removeAll(keepingCapacity: true)
    used = 0
    let missing = beginnings.isEmpty ? 0 : capacity - lines.count
    if missing > 0 { lines += Array(repeating: noise_line(), count: missing) }
  }

  /// Whether it is worth a look if a source's line is noise: something is known of the source, and not each of its lines has been
  /// something else for long.
  @inline(__always)
  mutating func expects(_ source: Int) -> Bool {
    guard source < beginnings.count, !beginnings[source].isEmpty else { return false }
    misses[source] &+= 1
    return misses[source] < Self.patience || misses[source] % Self.patience == 0
  }

  /// Remembers a lesson in place of an earlier one on the same head and level.
  mutating func learn(_ lesson: NoiseLesson) {
    let source = lesson.source.index
    guard source >= 0, lesson.opening.length >= Self.leastLength else { return }
    while beginnings.count <= source {
      beginnings.append([])
      misses.append(0)
    }
    beginnings[source].removeAll { $0.head.head == lesson.head.head && $0.head.level == lesson.head.level }
    if beginnings[source].count == Self.limit { beginnings[source].removeLast() }
    let known = noise_beginning(opening: lesson.opening, template: noise_template())
    beginnings[source].insert(Beginning(head: lesson.head, known: known), at: 0)
  }

  /// Adds the run of lines from `cuts[first]` on that are noise behind the same prefix; returns how many there are.
  ///
  /// - `place`: who the lines are from.
  /// - `prefix`: how many bytes stand in front of the payload.
  /// - `position`: how many lines with records came before.
  /// - `number`: that of the first line in its file.
  mutating func addRun(
    _ place: LinePlace,
    _ bytes: [UInt8],
    _ cuts: [LineCut],
    from first: Int,
    prefix: Int,
    position: Int,
    number: Int
  ) -> Int {
    guard used + cuts.count - first <= lines.count else { return 0 }
    let source = place.source.index
    for index in beginnings[source].indices {
      let count = bytes.withUnsafeBufferPointer { bytes in
        cuts.withUnsafeBufferPointer { cuts in
          cuts.baseAddress.map { start in
            noise_run(
              &beginnings[source][index].known,
              bytes.baseAddress,
              bytes.count,
              prefix,
              start + first,
              cuts.count - first,
              &lines,
              used
            )
          }
        }
      }
      guard let count, count > 0 else { continue }
      let run = NoiseRun(
        source: place.source,
        program: place.program,
        head: beginnings[source][index].head,
        position: position,
        lines: used..<used + count,
        number: number
      )
      runs.append(run)
      misses[source] = 0
      used += count
      return count
    }
    return 0
  }
}
