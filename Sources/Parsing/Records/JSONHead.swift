/// The keys of a JSON head, prepared for the walk over a line.
struct JSONHead {
  /// What a key's value is used for.
  enum Part: UInt8 {
    case time
    case level
    case message
    case pid
    case also
  }

  private struct Key {
    var name: [UInt8]
    var part: Part
    /// Position in its list: the first key that is present counts.
    var preference: Int
  }

  private var keys: [Key] = []
  private var requires: [[UInt8]] = []
  /// Keys that another head's objects have.
  private var forbids: [[UInt8]] = []
  private let inside: [[UInt8]]
  /// Level words of the `also` keys: their names in capitals.
  private(set) var alsoNames: [String] = []
  let timeSteps: Range<Int>?

  init(_ shape: JSONShape, timeSteps: Range<Int>?) {
    self.timeSteps = timeSteps
    inside = shape.inside.map { Array($0.utf8) }
    add(shape.time, .time)
    add(shape.level, .level)
    add(shape.message, .message)
    add(shape.pid, .pid)
    add(shape.also, .also)
    requires = shape.requires.filter { !$0.hasPrefix("!") }.map { Array($0.utf8) }
    forbids = shape.requires.filter { $0.hasPrefix("!") }.map { Array($0.utf8.dropFirst()) }
    alsoNames = shape.also.map { $0.uppercased() }
  }

  private mutating func add(_ names: [String], _ part: Part) {
    for (index, name) in names.enumerated() {
      keys.append(Key(name: Array(name.utf8), part: part, preference: index))
    }
  }

  /// The values of a line's object; nil if it is no object of this head.
  ///
  /// An object fits if it has every required key and a message, and a level and a time where the head names keys for them.
  func parts(of line: Span<UInt8>, _ start: Int, _ end: Int) -> JSONParts? {
    guard let record = record(in: line, start, end), var walker = JSONWalker(line, record.start, record.end) else {
      return nil
    }
    var parts = JSONParts(alsoCount: alsoNames.count)
    var missing = requires.count
    var met: UInt64 = 0
    while walker.next(line) {
      for name in forbids where Self.equals(name, line, walker) { return nil }
      for key in keys where Self.equals(key.name, line, walker) {
        parts.set(key.part, key.preference, walker.value)
      }
      for (index, name) in requires.enumerated() where Self.equals(name, line, walker) && met >> UInt64(index) & 1 == 0
      {
        met |= 1 << UInt64(index)
        missing -= 1
      }
    }
    guard missing == 0, parts.message.kind == .string, isThere(.time, parts.time), isThere(.level, parts.level) else {
      return nil
    }
    return parts
  }

  /// Where the record's object is: the whole line, or what the keys of `inside` lead to.
  private func record(in line: Span<UInt8>, _ start: Int, _ end: Int) -> (start: Int, end: Int)? {
    var place = (start: start, end: end)
    for name in inside {
      guard var walker = JSONWalker(line, place.start, place.end) else { return nil }
      repeat {
        guard walker.next(line) else { return nil }
      } while !Self.equals(name, line, walker)
      place = (walker.value.start, walker.value.end)
    }
    return place
  }

  private func isThere(_ part: Part, _ value: JSONValue) -> Bool {
    value.kind != .absent || !keys.contains { $0.part == part }
  }

  /// The value of any key of a line's object, as text; nil if it is absent, null or empty.
  static func text(of name: [UInt8], in line: Span<UInt8>, _ start: Int, _ end: Int) -> String? {
    guard var walker = JSONWalker(line, start, end) else { return nil }
    while walker.next(line) {
      guard equals(name, line, walker) else { continue }
      var bytes: [UInt8] = []
      walker.value.append(to: &bytes, from: line)
      if bytes.isEmpty || (walker.value.kind == .other && bytes == Array("null".utf8)) { return nil }
      return String(decoding: bytes, as: UTF8.self)
    }
    return nil
  }

  @inline(__always)
  private static func equals(_ name: [UInt8], _ line: Span<UInt8>, _ walker: JSONWalker) -> Bool {
    name.count == walker.keyEnd &- walker.keyStart && line.holds(name.span, 0, name.count, at: walker.keyStart)
  }
}

/// The values of one JSON record.
struct JSONParts {
  private(set) var time = JSONValue()
  private(set) var level = JSONValue()
  private(set) var message = JSONValue()
  private(set) var pid = JSONValue()
  /// The values of the head's `also` keys, in their order.
  private(set) var also: [JSONValue]
  private var preferences: (Int, Int, Int, Int) = (.max, .max, .max, .max)

  init(alsoCount: Int) {
    also = alsoCount == 0 ? [] : [JSONValue](repeating: JSONValue(), count: alsoCount)
  }

  mutating func set(_ part: JSONHead.Part, _ preference: Int, _ value: JSONValue) {
    switch part {
    case .time: Self.take(value, preference, &time, &preferences.0)
    case .level: Self.take(value, preference, &level, &preferences.1)
    case .message: Self.take(value, preference, &message, &preferences.2)
    case .pid: Self.take(value, preference, &pid, &preferences.3)
    case .also:
      if also.indices.contains(preference) { also[preference] = value }
    }
  }

  private static func take(_ value: JSONValue, _ preference: Int, _ target: inout JSONValue, _ best: inout Int) {
    guard preference < best else { return }
    best = preference
    target = value
  }
}
