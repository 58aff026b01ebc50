import Patterns

/// Proves of two heads that no line fits both: they agree up to a place where they ask for different bytes.
enum HeadExclusion {
  /// Whether that could be proved; false says nothing.
  static func holds(_ left: HeadDefinition.Shape, _ right: HeadDefinition.Shape) -> Bool {
    guard case .layout(let left) = left, case .layout(let right) = right else { return false }
    return holds(left.parts[...], right.parts[...])
  }

  /// Where a `{skip}` or a field ends depends on what follows, so that nothing is known behind one.
  private static func holds(_ left: ArraySlice<LayoutPart>, _ right: ArraySlice<LayoutPart>) -> Bool {
    for (index, (mine, theirs)) in zip(left, right).enumerated() {
      if mine != theirs {
        return differ(mine, left.dropFirst(index + 1), theirs, right.dropFirst(index + 1))
      }
      switch mine {
      case .skip, .field, .message: return false
      case .literal, .blanks, .time, .epoch, .zone, .level, .pid: continue
      }
    }
    return false
  }

  /// Whether two different parts, with what follows them, ask for different bytes.
  private static func differ(
    _ mine: LayoutPart,
    _ myRest: ArraySlice<LayoutPart>,
    _ theirs: LayoutPart,
    _ theirRest: ArraySlice<LayoutPart>
  ) -> Bool {
    switch (mine, theirs) {
    case (.literal(let left), .literal(let right)): return zip(left, right).contains { $0 != $1 }
    case (.time(let left), .time(let right)):
      let common = zip(left, right).prefix { $0 == $1 }.count
      guard let mine = firstBytes(of: left.dropFirst(common), then: myRest),
        let theirs = firstBytes(of: right.dropFirst(common), then: theirRest)
      else { return false }
      return mine.isDisjoint(with: theirs)
    default: return false
    }
  }

  /// The bytes with which the rest of a time may begin, with the part behind it if it may be empty; nil if any may.
  private static func firstBytes(of time: ArraySlice<TimePart>, then rest: ArraySlice<LayoutPart>) -> Set<UInt8>? {
    switch time.first {
    case .literal(0x20): return [0x20, 0x09]
    case .literal(let byte): return [byte]
    case .optionalFraction(let mark):
      return firstBytes(of: time.dropFirst(), then: rest).map { $0.union([mark]) }
    case .year, .month, .day, .hour, .minute, .second, .fraction: return Set("0123456789".utf8)
    case .monthName, .looseDay: return nil
    case nil: break
    }
    switch rest.first {
    case .literal(let bytes): return bytes.first.map { [$0] }
    case .blanks: return [0x20, 0x09]
    case .time, .epoch, .zone, .level, .pid, .skip, .field, .message, nil: return nil
    }
  }
}

/// Which heads exclude each other, as far as that was found out.
struct HeadExclusions {
  private enum Answer: UInt8 {
    case unknown
    case no
    case yes
  }

  private let count: Int
  private var answers: [Answer]

  init(heads count: Int) {
    self.count = count
    answers = [Answer](repeating: .unknown, count: count * count)
  }

  /// Whether no line fits both heads; nil if that is not known yet.
  subscript(left: Int, right: Int) -> Bool? {
    get {
      switch answers[left * count + right] {
      case .unknown: nil
      case .no: false
      case .yes: true
      }
    }
    set { answers[left * count + right] = newValue.map { $0 ? .yes : .no } ?? .unknown }
  }
}
