import Model

/// One instruction for the layout matcher: small and without references, so that running it costs next to nothing.
struct LayoutStep {
  enum Kind: UInt8 {
    /// The bytes `first..<first + second` of the code's literals.
    case literal
    /// The single byte `first`.
    case byte
    /// One or more blanks or tabs; none at the end of the line.
    case blanks
    /// `YYYY-MM-DD hh:mm:ss` with `first` between the date's parts and `second` before the time.
    case dateAndTime
    case year
    case month
    case monthName
    case day
    case looseDay
    case hour
    case minute
    case second
    case fraction
    /// A fraction after the byte `first`, or nothing.
    case optionalFraction
    case epoch
    case zone
    case level
    case pid
    /// The shortest text after which the following steps fit.
    case skip
    /// The field with index `first`, up to the following step.
    case field
    /// The rest of the line.
    case message
    /// The end of what the next line of the source is compared with, before any step is run.
    case remember
  }

  var kind: Kind
  var first: Int32 = 0
  var second: Int32 = 0
}

/// The steps of all layouts of a catalogue in one array, with the literal bytes that they compare.
struct LayoutCode {
  private(set) var steps: [LayoutStep] = []
  private(set) var literals: [UInt8] = []

  /// Appends the steps of a layout, and returns where they are.
  mutating func add(_ layout: Layout) -> Range<Int> {
    let start = steps.count
    let opening = Self.openingLength(of: layout.parts)
    for (index, part) in layout.parts.enumerated() {
      add(part)
      if index + 1 == opening { append(.remember) }
    }
    return start..<steps.count
  }

  /// How many parts at the beginning depend on nothing but the bytes that they cover; 0 where too little is gained.
  ///
  /// They have a time, end in literal text, and are followed by fields and the message only. A `{skip}` among them ends
  /// at literal text, so that the same bytes offer the same place to try first.
  static func openingLength(of parts: [LayoutPart]) -> Int {
    let last = parts.prefix { !isField($0) }.lastIndex { if case .literal = $0 { true } else { false } }
    guard let last else { return 0 }
    let length = last + 1
    let opening = parts[..<length]
    let isSteady = opening.indices.allSatisfy { index in
      switch parts[index] {
      case .literal, .blanks, .time, .zone, .level, .pid: true
      case .skip: if case .literal = parts[index + 1] { true } else { false }
      case .epoch, .field, .message: false
      }
    }
    return isSteady && opening.count(where: Self.isTime) == 1 && LineGaps(parts[length...]) != nil ? length : 0
  }

  private static func isTime(_ part: LayoutPart) -> Bool {
    if case .time = part { true } else { false }
  }

  private static func isField(_ part: LayoutPart) -> Bool {
    if case .field = part { true } else { false }
  }

  private mutating func add(_ part: LayoutPart) {
    switch part {
    case .literal(let bytes): add(literal: bytes)
    case .blanks: append(.blanks)
    case .time(let parts): add(time: parts)
    case .epoch: append(.epoch)
    case .zone: append(.zone)
    case .level: append(.level)
    case .pid: append(.pid)
    case .skip: append(.skip)
    case .field(let field): append(.field, Int32(field.ordinal))
    case .message: append(.message)
    }
  }

  private mutating func append(_ kind: LayoutStep.Kind, _ first: Int32 = 0, _ second: Int32 = 0) {
    steps.append(LayoutStep(kind: kind, first: first, second: second))
  }

  private mutating func add(literal bytes: [UInt8]) {
    if bytes.count == 1 {
      append(.byte, Int32(bytes[0]))
    } else {
      append(.literal, Int32(literals.count), Int32(bytes.count))
      literals += bytes
    }
  }

  private mutating func add(time parts: [TimePart]) {
    var rest = parts[...]
    if let (date, time) = Self.commonSeparators(parts) {
      append(.dateAndTime, Int32(date), Int32(time))
      rest = parts.dropFirst(11)
    }
    for part in rest {
      switch part {
      case .year: append(.year)
      case .month: append(.month)
      case .monthName: append(.monthName)
      case .day: append(.day)
      case .looseDay: append(.looseDay)
      case .hour: append(.hour)
      case .minute: append(.minute)
      case .second: append(.second)
      case .fraction: append(.fraction)
      case .optionalFraction(let mark): append(.optionalFraction, Int32(mark))
      case .literal(0x20): append(.blanks)
      case .literal(let byte): append(.byte, Int32(byte))
      }
    }
  }

  /// The separators of a time that begins `YYYY-MM-DD hh:mm:ss`, whichever they are.
  private static func commonSeparators(_ parts: [TimePart]) -> (date: UInt8, time: UInt8)? {
    let shape: [TimePart?] = [
      .year, nil, .month, nil, .day, nil, .hour, .literal(0x3A), .minute, .literal(0x3A), .second,
    ]
    guard parts.count >= shape.count, zip(parts, shape).allSatisfy({ $1 == nil || $0 == $1 }),
      case .literal(let date) = parts[1], case .literal(date) = parts[3], case .literal(let time) = parts[5]
    else { return nil }
    return (date, time)
  }
}

extension Field {
  /// Position among all fields.
  var ordinal: Int { Self.inOrder.firstIndex(of: self) ?? 0 }

  /// All fields by number.
  static let inOrder = allCases
}
