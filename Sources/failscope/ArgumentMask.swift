#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Hides arguments that hold a password from the list of processes, which every user of a machine may read.
///
/// `ps` shows the memory in which the arguments came, so that is overwritten. Until the program has come so far they are seen.
enum ArgumentMask {
  /// Overwrites every argument that holds a password with asterisks.
  ///
  /// Call it once the arguments were copied.
  static func apply() {
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[index], holdsPassword(String(cString: argument)) else { continue }
      memset(argument, Int32(UInt8(ascii: "*")), strlen(argument))
    }
  }

  /// Whether a text is a connection string with a password: `password=…`, or `scheme://user:password@…`.
  static func holdsPassword(_ text: String) -> Bool {
    let text = Array(text.utf8)
    if end(of: "password=", in: text) != nil || end(of: "password =", in: text) != nil { return true }
    guard let start = end(of: "://", in: text) else { return false }
    let authority = text[start...].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else { return false }
    return authority[..<at].contains(UInt8(ascii: ":"))
  }

  /// Where the first occurrence of a word ends.
  ///
  /// The search of the standard library is slow to set up.
  private static func end(of word: String, in text: [UInt8]) -> Int? {
    let word = Array(word.utf8)
    guard text.count >= word.count else { return nil }
    let start = (0...text.count - word.count).first { text[$0...].starts(with: word) }
    return start.map { $0 + word.count }
  }
}
