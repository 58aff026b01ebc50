/// What a source's lines looked like so far: the heads that fitted last, and the minute that they printed.
struct HeadMemory {
  /// The heads that fitted last, the latest first; -1 where there are fewer.
  private(set) var recent: (Int16, Int16, Int16, Int16) = (-1, -1, -1, -1)
  var minute = MinuteCache()

  static let count = 4

  /// The head at a rank from 0 (the latest) to 3, or -1.
  @inline(__always)
  func head(_ rank: Int) -> Int {
    switch rank {
    case 0: Int(recent.0)
    case 1: Int(recent.1)
    case 2: Int(recent.2)
    default: Int(recent.3)
    }
  }

  @inline(__always)
  func contains(_ head: Int) -> Bool {
    let head = Int16(truncatingIfNeeded: head)
    return recent.0 == head || recent.1 == head || recent.2 == head || recent.3 == head
  }

  /// Moves a head to the front.
  @inline(__always)
  mutating func remember(_ head: Int) {
    let head = Int16(truncatingIfNeeded: head)
    if recent.0 == head { return }
    if recent.1 == head {
      recent = (head, recent.0, recent.2, recent.3)
    } else if recent.2 == head {
      recent = (head, recent.0, recent.1, recent.3)
    } else {
      recent = (head, recent.0, recent.1, recent.2)
    }
  }
}
