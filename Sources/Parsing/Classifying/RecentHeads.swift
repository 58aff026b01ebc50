/// The heads that fitted a source's lines last, the latest first; -1 where there are fewer.
struct RecentHeads {
  private var heads: (Int16, Int16, Int16, Int16) = (-1, -1, -1, -1)

  static let count = 4

  /// The head at a rank from 0 (the latest) to 3, or -1.
  @inline(__always)
  subscript(rank: Int) -> Int {
    switch rank {
    case 0: Int(heads.0)
    case 1: Int(heads.1)
    case 2: Int(heads.2)
    default: Int(heads.3)
    }
  }

  @inline(__always)
  func contains(_ head: Int) -> Bool {
    let head = Int16(truncatingIfNeeded: head)
    return heads.0 == head || heads.1 == head || heads.2 == head || heads.3 == head
  }

  /// Moves a head to the front.
  @inline(__always)
  mutating func remember(_ head: Int) {
    let head = Int16(truncatingIfNeeded: head)
    if heads.0 == head { return }
    if heads.1 == head {
      heads = (head, heads.0, heads.2, heads.3)
    } else if heads.2 == head {
      heads = (head, heads.0, heads.1, heads.3)
    } else {
      heads = (head, heads.0, heads.1, heads.2)
    }
  }
}
