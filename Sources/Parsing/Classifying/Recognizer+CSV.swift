import Model

extension Recognizer {
  /// Recognises a line as a record under a CSV head; nil if it is none.
  ///
  /// `isComplete`: whether a record with an open quote is taken as it is, since nothing follows.
  mutating func separated(
    _ head: Int,
    _ index: Int,
    _ line: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ memory: inout HeadMemory,
    _ isComplete: Bool
  ) -> Recognition? {
    let shape = heads.csv[index]
    let (found, isOpen) = shape.cells(of: line, start, end)
    let component = heads.entries[head].component
    guard shape.timeColumn < found.count else { return nil }
    let time = found[shape.timeColumn]
    guard let stamp = stamp(shape.timeSteps, line, time.start, time.end, &memory) else { return nil }
    var level: Int32 = -1
    if let column = shape.levelColumn, column < found.count {
      level = self.level(of: component, line, found[column].start, found[column].end, true)
      if level < 0, !(isOpen && column == found.count - 1) { return nil }
    }
    clearRecord()
    cells = found
    var result = Recognition()
    result.kind = .record
    result.head = head
    result.component = component
    result.stamp = stamp
    result.level = level
    if isOpen, !isComplete {
      result.kind = .open
      return result
    }
    guard shape.messageColumn < found.count else { return nil }
    fill(&result, shape, line)
    return result
  }

  /// Takes pid, message, fields and further messages from the cells.
  private mutating func fill(_ result: inout Recognition, _ shape: CSVHead, _ line: Span<UInt8>) {
    var further: [(index: Int, cell: CSVHead.Cell)] = []
    for (column, cell) in zip(shape.columns, cells) where cell.start < cell.end {
      switch column {
      case .unused, .time, .level: break
      case .pid: result.pid = number(line, cell.start, cell.end)
      case .message: place(cell, line, in: &result)
      case .field(let ordinal):
        layout.fields.append(
          HeadField(
            ordinal: ordinal,
            start: Int32(truncatingIfNeeded: cell.start),
            end: Int32(truncatingIfNeeded: cell.end)
          )
        )
      case .also(let index): further.append((index, cell))
      }
    }
    classify(&result, line)
    for (index, cell) in further {
      var extra = result
      extra.level = alsoLevel(result.component, shape.alsoNames[index])
      place(cell, line, in: &extra)
      classify(&extra, line)
      extras.append(extra)
    }
  }

  /// Sets where the text of a cell is, resolving doubled quotes into the scratch bytes.
  private mutating func place(_ cell: CSVHead.Cell, _ line: Span<UInt8>, in result: inout Recognition) {
    let quote = line.firstIndex(of: UInt8(ascii: "\""), from: cell.start, to: cell.end)
    if cell.isQuoted, quote < cell.end {
      result.textStart = scratch.count
      CSVHead.append(cell, to: &scratch, from: line)
      result.textEnd = scratch.count
      result.isInScratch = true
    } else {
      result.textStart = cell.start
      result.textEnd = cell.end
      result.isInScratch = false
    }
  }
}
