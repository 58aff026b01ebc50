import Model

/// Tells of one line what it is: which head fits, and which message claims it.
///
/// It keeps nothing of a line but what the caller has to fetch before the next one: captured positions and unescaped text.
struct Recognizer: ~Copyable {
  let catalogue: ParserCatalogue
  let heads: HeadTable
  var layout: LayoutMatcher
  var dispatcher: Dispatcher
  var rules: MessageRules
  /// Unescaped text of the current record.
  var scratch: [UInt8] = []
  /// Further messages of the current record.
  var extras: [Recognition] = []
  /// The cells of the current CSV record.
  var cells: [CSVHead.Cell] = []
  private var exclusions: HeadExclusions
  private let headlessGroup: Int
  private let isExhaustive: Bool

  /// Bytes of a line that are looked at.
  static let maximumLength = 65_536

  /// `isExhaustive`: whether every head and pattern is tried in turn, as the measure of the fast way.
  init(_ catalogue: ParserCatalogue, isExhaustive: Bool = false) {
    self.catalogue = catalogue
    self.isExhaustive = isExhaustive
    heads = HeadTable(catalogue, isExhaustive: isExhaustive)
    layout = LayoutMatcher(code: heads.code, levels: LevelTable(catalogue.components.map(\.levels)))
    dispatcher = Dispatcher(catalogue, isExhaustive: isExhaustive)
    rules = MessageRules(catalogue, dispatcher.plan)
    exclusions = HeadExclusions(heads: heads.entries.count)
    headlessGroup = catalogue.components.count
  }

  /// Whether a message claimed a further part of the record.
  @inline(__always)
  var hasClaimedExtras: Bool { !extras.isEmpty && extras.contains(where: \.isClaimed) }

  /// Recognises `line[start..<end]`, which is not empty.
  ///
  /// - `memory`: what the source's lines looked like so far.
  /// - `named`: the component that the framing names, or -1.
  @inline(__always)
  mutating func recognize(
    _ line: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ memory: inout HeadMemory,
    named: Int
  ) -> Recognition {
    if let familiar = familiar(line, start, end, &memory, named) {
      return recognition(familiar, line, end, &memory)
    }
    return recognizeUnfamiliar(line, start, end, &memory, named: named)
  }

  /// What is known of a line that begins as the last one of its source did; nil if it does not, or ends in another way.
  @inline(__always)
  func familiar(
    _ line: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ memory: inout HeadMemory,
    _ named: Int
  ) -> LineOpening.Familiar? {
    guard memory.isOpeningCurrent, !isExhaustive, named < 0 || named == memory.opening.component,
      let found = memory.familiar(line, start, end)
    else { return nil }
    return memory.opening.hasRivals && heads.hasRival(Int(memory.opening.head), in: line, found.textStart, end)
      ? nil : found
  }

  /// Whether it is certain which message a familiar line has.
  @inline(__always)
  func isSettled(_ familiar: LineOpening.Familiar) -> Bool {
    familiar.slot != Dispatcher.none && (familiar.isProven || dispatcher.suffices(familiar.slot))
  }

  /// The recognition of a familiar line; its message is remembered.
  mutating func recognition(
    _ familiar: LineOpening.Familiar,
    _ line: Span<UInt8>,
    _ end: Int,
    _ memory: inout HeadMemory
  ) -> Recognition {
    if !extras.isEmpty { extras.removeAll(keepingCapacity: true) }
    var result = Recognition()
    result.kind = .record
    result.head = Int(memory.opening.head)
    result.component = memory.opening.component
    result.level = memory.opening.level
    result.pid = familiar.pid
    result.stamp = familiar.stamp
    result.textStart = familiar.textStart
    result.textEnd = end
    if familiar.isProven || isSettled(familiar) {
      result.slot = familiar.slot
      return result
    }
    if familiar.slot != Dispatcher.none {
      if dispatcher.matches(familiar.slot, line, familiar.textStart, end) {
        result.slot = familiar.slot
        if dispatcher.takesDigitsAlike(familiar.slot) {
          memory.prove(line.extracting(familiar.textStart..<end), slot: familiar.slot)
        }
        return result
      }
    }
    result.slot = dispatcher.first(
      of: result.component,
      level: Gate.bit(result.level),
      head: memory.opening.headBit,
      in: line,
      result.textStart,
      end
    )
    if familiar.slot == Dispatcher.none {
      learn(result, line.extracting(familiar.textStart..<end), &memory)
    }
    return result
  }

  /// Remembers which message has just been found for one behind the latest opening.
  private func learn(_ found: Recognition, _ message: Span<UInt8>, _ memory: inout HeadMemory) {
    if dispatcher.withSettlingLiteral({ memory.learn($0, slot: $1) }) { return }
    if !dispatcher.hasTried {
      memory.note(message, slot: found.slot) { dispatcher.hasNoLiteral(message, of: found.component) }
    } else if found.isClaimed {
      memory.learn(whole: message, slot: found.slot)
    }
  }

  /// Recognises a line that does not begin as the last one of its source did.
  @inline(never)
  mutating func recognizeUnfamiliar(
    _ line: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ memory: inout HeadMemory,
    named: Int
  ) -> Recognition {
    if !extras.isEmpty { extras.removeAll(keepingCapacity: true) }
    if !isExhaustive, let found = remembered(line, start, end, &memory, named) { return found }
    return recognizeAnew(line, start, end, &memory, named)
  }

  /// Recognises a line that begins as an earlier one did, where no head that would be asked before can fit.
  private mutating func remembered(
    _ line: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ memory: inout HeadMemory,
    _ named: Int
  ) -> Recognition? {
    for index in memory.indices where index != memory.latest {
      let known = memory.opening(index)
      guard named < 0 || named == known.component, isAskedFirst(Int(known.head), memory.recent),
        let familiar = memory.familiar(index, line, start, end),
        !known.hasRivals || !heads.hasRival(Int(known.head), in: line, familiar.textStart, end)
      else { continue }
      memory.take(index)
      return recognition(familiar, line, end, &memory)
    }
    return nil
  }

  /// Whether lines that fit a head are taken for its own: those that fitted later exclude it.
  @inline(__always)
  mutating func isAskedFirst(_ head: Int, _ recent: RecentHeads) -> Bool {
    recent[0] == head || isAskedBeforeOthers(head, recent)
  }

  @inline(never)
  private mutating func isAskedBeforeOthers(_ head: Int, _ recent: RecentHeads) -> Bool {
    for rank in 0..<RecentHeads.count {
      let other = recent[rank]
      if other == head { return true }
      guard other >= 0, exclude(other, head) else { return false }
    }
    return false
  }

  private mutating func exclude(_ left: Int, _ right: Int) -> Bool {
    if let known = exclusions[left, right] { return known }
    let found = HeadExclusion.holds(shape(of: left), shape(of: right))
    exclusions[left, right] = found
    return found
  }

  /// Recognises a line by running the layouts of heads: first that of the last line.
  @inline(never)
  private mutating func recognizeAnew(
    _ line: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ memory: inout HeadMemory,
    _ named: Int
  ) -> Recognition {
    let head = memory.recent[0]
    if !isExhaustive, head >= 0 {
      let entry = heads.entries[head]
      if named < 0 || entry.component == named, entry.rivals.isEmpty, entry.firstBytes.contains(line[start]),
        case .layout(let steps) = entry.shape,
        layout.match(steps, component: entry.component, in: line, from: start, to: end, minute: &memory.minute),
        !layout.fit.isWeak
      {
        learn(head, entry, line, start, &memory)
        return record(head, entry, line, end)
      }
    }
    return search(line, start, end, &memory, named)
  }

  /// Remembers how a line began whose layout has just fitted, if such lines need not be asked for other heads first.
  private func learn(
    _ head: Int,
    _ entry: HeadTable.Entry,
    _ line: Span<UInt8>,
    _ start: Int,
    _ memory: inout HeadMemory
  ) {
    guard layout.fit.openingEnd >= 0, layout.isStraight, heads.areRivalsLiteral(head), !entry.isNamedOnly,
      let gaps = heads.gaps[head],
      let opening = LineOpening(line, start, head: head, entry, layout.fit, gaps)
    else { return }
    memory.learn(opening)
  }

  private func shape(of head: Int) -> HeadDefinition.Shape {
    let entry = heads.entries[head]
    return catalogue.components[entry.component].heads[entry.index].definition.shape
  }

  /// The recognition of a line whose layout has just fitted.
  private mutating func record(
    _ head: Int,
    _ entry: HeadTable.Entry,
    _ line: Span<UInt8>,
    _ end: Int
  ) -> Recognition {
    var result = Recognition()
    result.kind = .record
    result.head = head
    result.component = entry.component
    result.level = layout.fit.level
    result.pid = layout.fit.pid
    result.stamp = layout.fit.clock.stamp
    result.textStart = layout.fit.messageStart
    result.textEnd = end
    result.slot = dispatcher.first(
      of: result.component,
      level: Gate.bit(result.level),
      head: entry.bit,
      in: line,
      result.textStart,
      end
    )
    return result
  }

  /// Tries the heads of the component that the framing names, those of all others, the messages without head, and
  /// last the named component's heads that would fit anything.
  @inline(never)
  private mutating func search(
    _ line: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ memory: inout HeadMemory,
    _ named: Int
  ) -> Recognition {
    var weak = -1
    if named >= 0, let found = search(own: true, line, start, end, &memory, named, &weak) { return found }
    if let found = search(own: false, line, start, end, &memory, named, &weak) { return found }
    if weak >= 0, let found = fitted(weak, line, start, end, &memory) { return found }
    return withoutGeneralHead(line, start, end, &memory, named)
  }

  /// Tries the heads of the named component, or those of all others: the ones that fitted last, then the rest in order.
  private mutating func search(
    own: Bool,
    _ line: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ memory: inout HeadMemory,
    _ named: Int,
    _ weak: inout Int
  ) -> Recognition? {
    for rank in 0..<RecentHeads.count {
      let head = memory.recent[rank]
      guard head >= 0 else { break }
      guard (heads.entries[head].component == named) == own else { continue }
      for rival in heads.entries[head].rivals {
        if let found = attempt(heads.rivals[rival], line, start, end, &memory, &weak) { return found }
      }
      if let found = attempt(head, line, start, end, &memory, &weak) { return found }
    }
    let beginning = LineBeginning(line, start, end)
    for head in heads.entries.indices where heads.entries[head].mayHead(beginning) {
      guard (heads.entries[head].component == named) == own, !memory.recent.contains(head) else { continue }
      guard !heads.entries[head].isNamedOnly || (own && !heads.entries[head].isCatchAll) else { continue }
      if let found = attempt(head, line, start, end, &memory, &weak) { return found }
    }
    return nil
  }

  private mutating func attempt(
    _ head: Int,
    _ line: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ memory: inout HeadMemory,
    _ weak: inout Int
  ) -> Recognition? {
    let entry = heads.entries[head]
    guard entry.firstBytes.contains(line[start]) else { return nil }
    if case .layout(let steps) = entry.shape {
      guard layout.match(steps, component: entry.component, in: line, from: start, to: end, minute: &memory.minute)
      else { return nil }
      if layout.fit.isWeak {
        if weak < 0 { weak = head }
        return nil
      }
      if !entry.isNamedOnly { memory.recent.remember(head) }
      learn(head, entry, line, start, &memory)
      return record(head, entry, line, end)
    }
    return fitted(head, line, start, end, &memory)
  }

  /// The recognition under a given head, or nil if it does not fit.
  mutating func fitted(
    _ head: Int,
    _ line: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ memory: inout HeadMemory,
    isComplete: Bool = false
  ) -> Recognition? {
    let found: Recognition?
    let entry = heads.entries[head]
    switch entry.shape {
    case .layout(let steps):
      let fits = layout.match(steps, component: entry.component, in: line, from: start, to: end, minute: &memory.minute)
      found = fits ? record(head, entry, line, end) : nil
    case .json(let index): found = object(head, index, line, start, end, &memory)
    case .csv(let index): found = separated(head, index, line, start, end, &memory, isComplete)
    }
    if found != nil, !entry.isNamedOnly { memory.recent.remember(head) }
    return found
  }

  private mutating func withoutGeneralHead(
    _ line: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ memory: inout HeadMemory,
    _ named: Int
  ) -> Recognition {
    var result = Recognition()
    result.textStart = start
    result.textEnd = end
    result.slot = dispatcher.first(of: headlessGroup, level: Gate.all, head: Gate.all, in: line, start, end)
    if result.isClaimed {
      result.kind = .headless
      result.component = dispatcher.plan.places[Int(result.slot)].component
      return result
    }
    guard named >= 0 else { return result }
    for head in heads.entries.indices where heads.entries[head].isNamedOnly && heads.entries[head].isCatchAll {
      guard heads.entries[head].component == named, heads.entries[head].firstBytes.contains(line[start]) else {
        continue
      }
      if let found = fitted(head, line, start, end, &memory) { return found }
    }
    return result
  }
}
