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
    text.withBytes { bytes in
      var line = CompactLine(bytes, from: Int(starts[index]))
      var message = message(line, outlines[index])
      let end = min(line.next + (line.number(1) ?? 0), bytes.count)
      while line.next < end {
        line = CompactLine(bytes, from: line.next)
        message.read(line)
      }
      if message.definition.pattern == nil { message.literals = nil }
      return message
    }
  }

  private func message(_ line: CompactLine, _ outline: MessageOutline) -> CatalogueMessage {
    var definition = MessageDefinition(id: line.string(4), location: ParserLocation(file: CompactForm.file))
    definition.event = outline.event
    definition.isHeadless = outline.isHeadless
    definition.isBlock = outline.isBlock
    let suffices = line.has(CompactForm.Flag.suffices, in: 3)
    return CatalogueMessage(
      id: component + "." + definition.id,
      definition: definition,
      literals: PatternLiterals(prefixes: [], prefixSuffices: suffices, required: []),
      yieldsToEarlier: line.has(CompactForm.Flag.yields, in: 3),
      rank: outline.rank
    )
  }
}

extension CatalogueMessage {
  /// Takes in one of the lines that follow the message's own.
  fileprivate mutating func read(_ line: CompactLine) {
    switch line.tag {
    case UInt8(ascii: "E"): definition.pattern = line.raw(1)
    case UInt8(ascii: "S"):
      if let value = line.fieldValue { definition.set.append(value) }
    case UInt8(ascii: "K"):
      if let value = line.fieldValue { definition.keys.append(value) }
    case UInt8(ascii: "V"): definition.levels.append(line.string(1))
    case UInt8(ascii: "W"): definition.heads.append(line.string(1))
    case UInt8(ascii: "P"): literals?.prefixes.append(line.bytes(1))
    case UInt8(ascii: "R"): literals?.required.append(line.bytes(1))
    default: break
    }
  }
}
