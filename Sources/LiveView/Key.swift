/// A key as a terminal sends it.
package enum Key: Hashable, Sendable {
  case character(Character)
  case up
  case down
  case pageUp
  case pageDown
  case home
  case end
  case enter
  case escape

  /// The keys in bytes that were read at once; what is no key that matters here is left out.
  ///
  /// The sequences are those of ECMA-48 and xterm, with and without application cursor keys.
  package static func keys(in bytes: [UInt8]) -> [Key] {
    var keys: [Key] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      switch byte {
      case 0x1B: keys += escaped(&rest)
      case 0x0A, 0x0D: keys.append(.enter)
      case 0x20...0x7E: keys.append(.character(Character(Unicode.Scalar(byte))))
      default: continue
      }
    }
    return keys
  }

  private static func escaped(_ rest: inout ArraySlice<UInt8>) -> [Key] {
    guard let introducer = rest.first, introducer == UInt8(ascii: "[") || introducer == UInt8(ascii: "O") else {
      return [.escape]
    }
    rest.removeFirst()
    var parameters: [UInt8] = []
    while let byte = rest.popFirst() {
      guard (0x40...0x7E).contains(byte) else {
        parameters.append(byte)
        continue
      }
      return key(final: byte, parameters).map { [$0] } ?? []
    }
    return []
  }

  private static func key(final byte: UInt8, _ parameters: [UInt8]) -> Key? {
    switch (byte, String(decoding: parameters, as: UTF8.self)) {
    case (UInt8(ascii: "A"), _): .up
    case (UInt8(ascii: "B"), _): .down
    case (UInt8(ascii: "H"), _), (UInt8(ascii: "~"), "1"), (UInt8(ascii: "~"), "7"): .home
    case (UInt8(ascii: "F"), _), (UInt8(ascii: "~"), "4"), (UInt8(ascii: "~"), "8"): .end
    case (UInt8(ascii: "~"), "5"): .pageUp
    case (UInt8(ascii: "~"), "6"): .pageDown
    default: nil
    }
  }
}
