import Model
import Patterns

/// The messages of one component in the compact form, of which each is only read when it is asked for.
struct CompactMessages: Sendable {
  private let text: CompactText
  private let component: String
  /// Where in the text each message's line is.
  private var starts: [Int32] = []
  private(set) var outlines: [MessageOutline] = []

  /// `lines`: where the component's messages are in `text`.
  init(_ text: CompactText, of component: String, in lines: Range<Int>) {
    self.text = text
    self.component = component
    // A message takes some five hundred bytes.
    starts.reserveCapacity(lines.count / 512)
    outlines.reserveCapacity(lines.count / 512)
    text.withBytes { bytes in
      var start = lines.lowerBound
      while start < min(lines.upperBound, bytes.count) {
        let line = CompactLine(bytes, from: start)
        var columns = line.columns
        columns.skip()
        let length = columns.number() ?? 0
        starts.append(Int32(start))
        outlines.append(Self.outline(&columns))
        start = line.next + length
      }
    }
  }

  private static func outline(_ columns: inout CompactColumns) -> MessageOutline {
    let event = columns.number() ?? Int.max
    let (isHeadless, isBlock) = columns.flags(CompactForm.Flag.headless, CompactForm.Flag.block)
    return MessageOutline(
      event: event < CompactForm.events.count ? CompactForm.events[event] : nil,
      isHeadless: isHeadless,
      isBlock: isBlock,
      rank: 0
    )
  }

  /// Reads a message.
  subscript(index: Int) -> CatalogueMessage {
    let found = dispatched(index)
    let outline = outlines[index]
    return text.withBytes { bytes in
      let line = CompactLine(bytes, from: Int(starts[index]))
      var definition = MessageDefinition(id: line.string(4), location: ParserLocation(file: CompactForm.file))
      definition.event = outline.event
      definition.isHeadless = outline.isHeadless
      definition.isBlock = outline.isBlock
      (definition.pattern, definition.levels, definition.heads) = (found.pattern, found.levels, found.heads)
      readParts(of: line, bytes) { definition.read($0) }
      return CatalogueMessage(
        id: component + "." + definition.id,
        definition: definition,
        literals: found.literals,
        yieldsToEarlier: found.yieldsToEarlier,
        rank: outline.rank
      )
    }
  }

  /// Reads only that of a message by which lines are found to be its.
  func dispatched(_ index: Int) -> DispatchedMessage {
    text.withBytes { bytes in
      let line = CompactLine(bytes, from: Int(starts[index]))
      var columns = line.columns
      for _ in 0..<3 { columns.skip() }
      let (suffices, yields) = columns.flags(CompactForm.Flag.suffices, CompactForm.Flag.yields)
      let literals = PatternLiterals(prefixes: [], prefixSuffices: suffices, required: [])
      var message = DispatchedMessage(literals: literals, yieldsToEarlier: yields)
      readParts(of: line, bytes) { message.read($0) }
      if message.pattern == nil { message.literals = nil }
      return message
    }
  }

  /// Calls `body` with each of the lines that follow a message's own.
  private func readParts(of line: CompactLine, _ bytes: UnsafeBufferPointer<UInt8>, _ body: (CompactLine) -> Void) {
    let end = min(line.next + (line.number(1) ?? 0), bytes.count)
    var next = line.next
    while next < end {
      let part = CompactLine(bytes, from: next)
      body(part)
      next = part.next
    }
  }
}

extension DispatchedMessage {
  /// Takes in one of the lines that follow the message's own.
  fileprivate mutating func read(_ line: CompactLine) {
    switch line.tag {
    case UInt8(ascii: "E"): pattern = line.raw(1)
    case UInt8(ascii: "V"): levels.append(line.string(1))
    case UInt8(ascii: "W"): heads.append(line.string(1))
    case UInt8(ascii: "P"): literals?.prefixes.append(line.bytes(1))
    case UInt8(ascii: "R"): literals?.required.append(line.bytes(1))
    default: break
    }
  }
}

extension MessageDefinition {
  /// Takes in one of the lines that follow the message's own.
  fileprivate mutating func read(_ line: CompactLine) {
    switch line.tag {
    case UInt8(ascii: "S"):
      if let value = line.fieldValue { set.append(value) }
    case UInt8(ascii: "K"):
      if let value = line.fieldValue { keys.append(value) }
    default: break
    }
  }
}
