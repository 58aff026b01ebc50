/// A file to be read, and what its beginning told; nothing for what can be read once only.
struct PlannedFile {
  var path: String
  var head: FileHead?
  var name: LogFileName

  init(path: String, head: FileHead?) {
    self.path = path
    self.head = head
    name = LogFileName(path: path)
  }
}

/// The pieces of one log, in time order.
struct FileGroup {
  private(set) var files: [PlannedFile]
  var name: LogFileName

  /// The first time in the log.
  var firstStamp: FirstStamp? {
    files.lazy.compactMap { $0.head?.firstStamp }.first
  }

  /// Joins the pieces of each rotated log; the groups stand where their first piece stood.
  static func groups(of files: [PlannedFile]) -> [FileGroup] {
    var groups: [FileGroup] = []
    var positions: [String: Int] = [:]
    for file in files {
      let key = file.head == nil ? "stream \(file.path)" : file.name.key
      if let position = positions[key] {
        groups[position].files.append(file)
      } else {
        positions[key] = groups.count
        groups.append(FileGroup(files: [file], name: file.name))
      }
    }
    for index in groups.indices { groups[index].sort() }
    return groups
  }

  /// Puts the groups that have a time in the order of their times, each in the place of another such group.
  static func ordered(_ groups: [FileGroup]) -> [FileGroup] {
    var ordered = groups
    for hasYear in [true, false] {
      let places = groups.indices.filter { groups[$0].firstStamp?.hasYear == hasYear }
      let sorted = places.map { groups[$0] }.sorted { left, right in
        let times = (left.firstStamp?.milliseconds ?? 0, right.firstStamp?.milliseconds ?? 0)
        return times.0 != times.1 ? times.0 < times.1 : left.name.key < right.name.key
      }
      for (place, group) in zip(places, sorted) { ordered[place] = group }
    }
    return ordered
  }

  /// The folders that seem to hold one node's logs each (`pg1/patroni.log`): no file in them names a node itself, and
  /// there are several such folders, or one with a single log.
  static func foldersOfNodes(_ groups: [FileGroup]) -> Set<String> {
    let folders = Dictionary(grouping: groups, by: \.name.folder)
    let nodes = folders.filter { _, logs in logs.allSatisfy { SourceName.isGeneric($0.name.stem) } }
    return Set(nodes.filter { _, logs in folders.count > 1 || logs.count == 1 }.keys)
  }

  /// What to call the log's lines where they do not say it themselves.
  func sourceName(isFolderTelling: Bool) -> SourceName {
    guard files.first?.path != "-" else { return SourceName(name: "stdin", program: nil) }
    // A shell's `<(…)` is /dev/fd/63, whose number says nothing.
    if files.first?.path.hasPrefix("/dev/") == true { return SourceName(name: "stdin", program: nil) }
    return SourceName(file: name, isFolderTelling: isFolderTelling)
  }

  private mutating func sort() {
    guard files.count > 1 else { return }
    let stamps = files.compactMap { $0.head?.firstStamp }
    let years = Set(stamps.map(\.hasYear))
    // Without a year, December may follow January: then the names decide.
    let isComparable = stamps.count == files.count && years.count == 1 && (years.first == true || Self.isShort(stamps))
    files.sort { left, right in
      if isComparable, let first = left.head?.firstStamp, let second = right.head?.firstStamp,
        first.milliseconds != second.milliseconds
      {
        return first.milliseconds < second.milliseconds
      }
      let places = (left.name.piece.place, right.name.piece.place)
      return places.0 != places.1 ? places.0 < places.1 : left.path < right.path
    }
  }

  /// Whether the times lie within half a year.
  private static func isShort(_ stamps: [FirstStamp]) -> Bool {
    let times = stamps.map(\.milliseconds)
    guard let first = times.min(), let last = times.max() else { return true }
    return last - first < 183 * 86_400_000
  }
}

// MARK: - Order of pieces

extension LogFileName.Piece {
  /// A rank that puts older pieces first: dated ones, then numbered ones from the highest, then the current file.
  var place: Place {
    switch self {
    case .dated(let digits): Place(rank: 0, digits: digits, number: 0)
    case .instance(let number): Place(rank: 1, digits: "", number: number)
    case .weekday: Place(rank: 1, digits: "", number: 0)
    case .generation(let number): Place(rank: 2, digits: "", number: -number)
    case .current: Place(rank: 3, digits: "", number: 0)
    }
  }

  struct Place: Comparable {
    var rank: Int
    var digits: String
    var number: Int

    static func < (left: Place, right: Place) -> Bool {
      (left.rank, left.digits, left.number) < (right.rank, right.digits, right.number)
    }
  }
}
