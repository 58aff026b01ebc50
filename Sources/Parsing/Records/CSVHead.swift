import Model

/// The columns of a CSV head, prepared for the walk over a record (RFC 4180).
struct CSVHead {
  enum Column {
    case unused
    case time
    case level
    case pid
    case message
    case field(Int32)
    case also(Int)
  }

  private(set) var columns: [Column] = []
  private(set) var alsoNames: [String] = []
  private(set) var timeColumn = 0
  private(set) var levelColumn: Int?
  private(set) var messageColumn = 0
  let timeSteps: Range<Int>?

  init(_ shape: CSVShape, timeSteps: Range<Int>?) {
    self.timeSteps = timeSteps
    alsoNames = shape.also.map { $0.uppercased() }
    for (index, name) in shape.columns.enumerated() {
      switch name {
      case "-": columns.append(.unused)
      case "time":
        columns.append(.time)
        timeColumn = index
      case "level":
        columns.append(.level)
        levelColumn = index
      case "pid": columns.append(.pid)
      case "message":
        columns.append(.message)
        messageColumn = index
      default: columns.append(named(name, shape))
      }
    }
  }

  private func named(_ name: String, _ shape: CSVShape) -> Column {
    if let index = shape.also.firstIndex(of: name) { return .also(index) }
    return Field(rawValue: name).map { .field(Int32($0.ordinal)) } ?? .unused
  }

  /// A column's value between its commas or quotes.
  struct Cell {
    var start: Int
    var end: Int
    var isQuoted: Bool
  }

  /// Cuts a record into cells.
  ///
  /// - Returns: The cells, and whether the record ends inside quotes, so that the next line belongs to it.
  func cells(of line: Span<UInt8>, _ start: Int, _ end: Int) -> (cells: [Cell], isOpen: Bool) {
    var cells: [Cell] = []
    var position = start
    while position <= end, cells.count < 64 {
      if position < end, line[position] == UInt8(ascii: "\"") {
        guard let close = Self.closingQuote(line, position + 1, end) else {
          cells.append(Cell(start: position + 1, end: end, isQuoted: true))
          return (cells, true)
        }
        cells.append(Cell(start: position + 1, end: close, isQuoted: true))
        position = close + 1
        guard position < end, line[position] == UInt8(ascii: ",") else { break }
      } else {
        let comma = line.firstIndex(of: UInt8(ascii: ","), from: position, to: end)
        cells.append(Cell(start: position, end: comma, isQuoted: false))
        position = comma
        if comma == end { break }
      }
      position += 1
    }
    return (cells, false)
  }

  /// The quote that ends a value; a doubled quote stands for one and does not.
  private static func closingQuote(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var position = start
    while true {
      position = line.firstIndex(of: UInt8(ascii: "\""), from: position, to: end)
      guard position < end else { return nil }
      guard position + 1 < end, line[position + 1] == UInt8(ascii: "\"") else { return position }
      position += 2
    }
  }

  /// Appends a cell's text to `scratch`, with doubled quotes resolved.
  static func append(_ cell: Cell, to scratch: inout [UInt8], from line: Span<UInt8>) {
    var position = cell.start
    while position < cell.end {
      scratch.append(line[position])
      let isDoubled = cell.isQuoted && line[position] == UInt8(ascii: "\"")
      position += isDoubled ? 2 : 1
    }
  }
}
