/// The block in front of a file in a tar archive.
struct TarHeader {
  var name: String
  var size: Int
  var isRegularFile = true

  init(name: String, size: Int) {
    self.name = name
    self.size = size
  }

  /// Reads a block of 512 bytes.
  init(block: ArraySlice<UInt8>) throws(TarError) {
    let bytes = Array(block)
    guard bytes[257..<262].elementsEqual("ustar".utf8) else { throw .damaged }
    guard Self.number(bytes[148..<156]) == Self.checksum(of: bytes) else { throw .damaged }
    guard let size = Self.number(bytes[124..<136]) else { throw .damaged }
    let (prefix, rest) = (Self.text(bytes[345..<500]), Self.text(bytes[0..<100]))
    name = prefix.isEmpty ? rest : "\(prefix)/\(rest)"
    self.size = size
    isRegularFile = [0, UInt8(ascii: "0")].contains(bytes[156])
    guard !isRegularFile || Self.isSafe(name) else { throw .name(name) }
  }

  /// The block.
  func bytes() throws(TarError) -> [UInt8] {
    guard Self.isSafe(name), let (prefix, rest) = split else { throw .name(name) }
    var block = [UInt8](repeating: 0, count: TarArchive.blockSize)
    Self.put(rest, at: 0, in: &block)
    Self.put("0000644", at: 100, in: &block)
    Self.put("0000000", at: 108, in: &block)
    Self.put("0000000", at: 116, in: &block)
    Self.put(Self.octal(size, digits: 11), at: 124, in: &block)
    Self.put(Self.octal(0, digits: 11), at: 136, in: &block)
    block[156] = UInt8(ascii: "0")
    Self.put("ustar\u{0}00", at: 257, in: &block)
    Self.put(prefix, at: 345, in: &block)
    Self.put(Self.octal(Self.checksum(of: block), digits: 6) + "\u{0} ", at: 148, in: &block)
    return block
  }

  /// The name in the two fields that hold it, parted at a slash.
  private var split: (prefix: String, rest: String)? {
    if name.utf8.count <= 100 { return ("", name) }
    for index in name.indices where name[index] == "/" {
      let (prefix, rest) = (name[..<index], name[name.index(after: index)...])
      if prefix.utf8.count <= 155, rest.utf8.count <= 100, !rest.isEmpty { return (String(prefix), String(rest)) }
    }
    return nil
  }

  /// Whether a name stays within the folder that the archive is unpacked into.
  static func isSafe(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return !name.utf8.contains(0) && parts.allSatisfy { !["", ".", ".."].contains($0) }
  }

  /// The sum of all bytes, where those of the sum itself count as blanks.
  private static func checksum(of block: [UInt8]) -> Int {
    block.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element)) }
  }

  private static func octal(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 8)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = field.drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
    return digits.isEmpty || digits.count > 12 ? nil : digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
  }

  private static func text(_ field: ArraySlice<UInt8>) -> String {
    String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
  }

  private static func put(_ text: String, at start: Int, in block: inout [UInt8]) {
    for (offset, byte) in text.utf8.enumerated() { block[start + offset] = byte }
  }
}
