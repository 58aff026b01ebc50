import CByteScan
import Model

/// The text of a compact form, for reading in place.
struct CompactText: Sendable {
  private let text: String

  init(_ text: String) {
    var text = text
    text.makeContiguousUTF8()
    self.text = text
  }

  /// Calls `body` with the bytes of the text.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    text.utf8.withContiguousStorageIfAvailable(body) ?? body(UnsafeBufferPointer(start: nil, count: 0))
  }
}

/// One line of a compact form.
struct CompactLine {
  /// The line without its line feed.
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Where the following line begins in the text.
  let next: Int

  /// The line that begins at `start`, which is within the text.
  init(_ text: UnsafeBufferPointer<UInt8>, from start: Int) {
    let rest = UnsafeBufferPointer(rebasing: text[start...])
    let end = start + (rest.baseAddress.map { byte_scan_find($0, rest.count, 0x0A) } ?? 0)
    bytes = UnsafeBufferPointer(rebasing: text[start..<end])
    next = end + 1
  }

  /// The letter that says what the line is; 0 for a line without columns.
  var tag: UInt8 {
    bytes.count > 1 && bytes[1] == 0x09 ? bytes[0] : 0
  }

  /// The columns one after the other, which is quicker than to ask for one by its number.
  var columns: CompactColumns { CompactColumns(bytes) }

  /// A column as it stands; empty if the line has fewer.
  private func column(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    var start = 0
    var left = index
    while left > 0, start < bytes.count {
      if bytes[start] == 0x09 { left &-= 1 }
      start &+= 1
    }
    guard left == 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
    var end = start
    while end < bytes.count, bytes[end] != 0x09 { end &+= 1 }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
  }

  /// A column as it stands.
  func raw(_ index: Int) -> String {
    String(decoding: column(index), as: UTF8.self)
  }

  /// A column with its escapes resolved.
  func string(_ index: Int) -> String {
    let column = column(index)
    return column.contains(UInt8(ascii: "\\")) ? String(decoding: Self.unescaped(column), as: UTF8.self) : raw(index)
  }

  func bytes(_ index: Int) -> [UInt8] {
    let column = column(index)
    return column.contains(UInt8(ascii: "\\")) ? Self.unescaped(column) : Array(column)
  }

  /// All columns from one on, with their escapes resolved.
  func strings(from first: Int) -> [String] {
    let count = bytes.count { $0 == 0x09 } + 1
    return first < count ? (first..<count).map(string) : []
  }

  /// The number that a column holds, or nil.
  func number(_ index: Int) -> Int? {
    Self.number(column(index))
  }

  fileprivate static func number(_ digits: UnsafeBufferPointer<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count < 10 else { return nil }
    var number = 0
    for digit in digits {
      guard digit.isDigit else { return nil }
      number = number &* 10 &+ Int(digit &- 0x30)
    }
    return number
  }

  func has(_ flag: Unicode.Scalar, in index: Int) -> Bool {
    column(index).contains(UInt8(ascii: flag))
  }

  /// The field and value of a line `S` or `K`.
  var fieldValue: FieldValue? {
    guard let number = number(1), number < CompactForm.fields.count else { return nil }
    return FieldValue(CompactForm.fields[number], string(2))
  }

  private static func unescaped(_ column: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var position = 0
    while position < column.count {
      if column[position] == UInt8(ascii: "\\"), position + 3 < column.count {
        result.append(digit(column[position + 2]) << 4 | digit(column[position + 3]))
        position += 4
      } else {
        result.append(column[position])
        position += 1
      }
    }
    return result
  }

  private static func digit(_ byte: UInt8) -> UInt8 {
    byte.isDigit ? byte - 0x30 : (byte & 0x0F) &+ 9
  }
}

/// The columns of a line, taken one after the other.
struct CompactColumns {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  fileprivate init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// The next column; empty behind the last one.
  private mutating func next() -> UnsafeBufferPointer<UInt8> {
    let start = position
    while position < bytes.count, bytes[position] != 0x09 { position &+= 1 }
    let column = UnsafeBufferPointer(rebasing: bytes[start..<position])
    position = min(position &+ 1, bytes.count)
    return column
  }

  mutating func skip() {
    _ = next()
  }

  mutating func number() -> Int? {
    CompactLine.number(next())
  }

  /// Which of some flags the next column has.
  mutating func flags(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> (Bool, Bool) {
    let column = next()
    return (column.contains(UInt8(ascii: first)), column.contains(UInt8(ascii: second)))
  }
}
