/// Finds files whose lines are all in another file: copies, and copies of a log's beginning that were made earlier.
///
/// The lines of a copy would say everything twice: twice as many failed writes, a second fault in the middle of the
/// first one's recovery.
struct FileTwins {
  /// The files that say something of their own, in their order.
  private(set) var originals: [PlannedFile] = []
  /// For each file that is left out the one that holds its lines.
  private(set) var diagnostics: [InputDiagnostic] = []

  /// Of more files with one beginning only these are compared, each with each.
  private static let mostAlike = 64

  private struct Beginning: Hashable {
    var stamp: FirstStamp?
    var line: [UInt8]
  }

  init(_ files: [PlannedFile]) {
    var holders = [Int?](repeating: nil, count: files.count)
    for group in Self.alike(files) {
      for (position, one) in group.enumerated() {
        for other in group[(position + 1)...] where holders[one] == nil && holders[other] == nil {
          guard let relation = Self.relation(files[one].path, files[other].path) else { continue }
          let isFirstKept =
            switch relation {
            case .same: Self.isBetterName(files[one].path, than: files[other].path)
            case .firstIsLonger: true
            case .secondIsLonger: false
            }
          if isFirstKept { holders[other] = one } else { holders[one] = other }
        }
      }
    }
    for (index, file) in files.enumerated() {
      if let holder = holders[index] {
        diagnostics.append(
          InputDiagnostic(
            path: file.path,
            reason: "its lines are in \(files[holder].path) as well and are read once",
            help: ""
          )
        )
      } else {
        originals.append(file)
      }
    }
  }

  /// Files with a time in them whose beginnings agree, by index.
  private static func alike(_ files: [PlannedFile]) -> [[Int]] {
    var groups: [Beginning: [Int]] = [:]
    for (index, file) in files.enumerated() {
      // What no time tells apart may be the same words of two nodes.
      guard let head = file.head, head.showsTime, !head.firstLine.isEmpty else { continue }
      groups[Beginning(stamp: head.firstStamp, line: head.firstLine), default: []].append(index)
    }
    return groups.values.filter { $0.count > 1 }.map { Array($0.prefix(mostAlike)) }.sorted { $0[0] < $1[0] }
  }

  /// A copy is made of a file, so that the original's name tends to be the shorter one.
  private static func isBetterName(_ path: String, than other: String) -> Bool {
    path.utf8.count <= other.utf8.count
  }
}

// MARK: - Comparing two files

extension FileTwins {
  private enum Relation {
    case same
    case firstIsLonger
    case secondIsLonger
  }

  /// How two files relate of which one holds all lines of the other; nil if none does or one cannot be read.
  private static func relation(_ one: String, _ other: String) -> Relation? {
    do {
      var first = DecompressedFile(try FileDescriptor.open(one))
      var second = DecompressedFile(try FileDescriptor.open(other))
      while true {
        let (left, right) = (try first.block(), try second.block())
        let common = min(left.count, right.count)
        guard left.prefix(common).elementsEqual(right.prefix(common)) else { return nil }
        if left.count < right.count { return .secondIsLonger }
        if left.count > right.count { return .firstIsLonger }
        if left.isEmpty { return .same }
      }
    } catch {
      return nil
    }
  }
}

/// A file's bytes in blocks of one size, so that two files can be compared.
private struct DecompressedFile: ~Copyable {
  private static let size = 256 * 1024

  private var stream: ByteStream
  private var buffer = [UInt8](repeating: 0, count: size)

  init(_ file: consuming FileDescriptor) {
    stream = ByteStream(file)
  }

  /// The next block, shorter than the others only at the end of the file, where it is empty at last.
  mutating func block() throws(ByteStream.Fault) -> ArraySlice<UInt8> {
    var count = 0
    try stream.fill(&buffer, &count)
    return buffer[..<count]
  }
}
