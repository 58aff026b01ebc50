/// What the first bytes of a file are, where they are no text.
enum ContentKind: Equatable {
  case text
  case utf16
  case archive(String)
  case compressed(String)
  case journal
  case binary

  /// Judges by the first decompressed bytes; a few NULs are no reason to refuse a log.
  init(_ head: ArraySlice<UInt8>) {
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      self = .utf16
    } else if head.starts(with: "LPKSHHRH".utf8) {
      self = .journal
    } else if let name = Self.compression(head) {
      self = .compressed(name)
    } else if head.starts(with: "PK\u{3}\u{4}".utf8) {
      self = .archive("zip")
    } else if head.dropFirst(257).starts(with: "ustar".utf8) {
      self = .archive("tar")
    } else {
      self = Self.isMostlyControl(head) ? .binary : .text
    }
  }

  /// What is wrong with the file and what to do about it; nil for text.
  func complaint(_ path: String) -> InputDiagnostic? {
    switch self {
    case .text: nil
    case .utf16:
      InputDiagnostic(
        path: path,
        reason: "the text is UTF-16",
        help: "convert it: iconv -f UTF-16 -t UTF-8 FILE | failscope analyze -"
      )
    case .archive(let name):
      InputDiagnostic(
        path: path,
        reason: "this is a \(name) archive",
        help: "unpack it and give the folder: failscope analyze FOLDER"
      )
    case .compressed(let name):
      InputDiagnostic(
        path: path,
        reason: "\(name) compression is not supported",
        help: "decompress it: \(name) -dc FILE | failscope analyze -"
      )
    case .journal:
      InputDiagnostic(
        path: path,
        reason: "this is a binary journal of systemd",
        help: "print it: journalctl --file FILE -o json | failscope analyze -"
      )
    case .binary:
      InputDiagnostic(path: path, reason: "this is no text", help: "give text logs, or .gz or .zst of them")
    }
  }

  private static func compression(_ head: ArraySlice<UInt8>) -> String? {
    if head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) { return "xz" }
    if head.starts(with: "BZh".utf8) { return "bzip2" }
    return head.starts(with: [0x04, 0x22, 0x4D, 0x18]) ? "lz4" : nil
  }

  private static func isMostlyControl(_ head: ArraySlice<UInt8>) -> Bool {
    let sample = head.prefix(4096)
    let odd = sample.count { byte in
      byte < 0x20 && !(0x08...0x0D).contains(byte) && byte != 0x1B
    }
    return odd * 10 > sample.count
  }
}
