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
    if text.contains("password=") || text.contains("password =") { return true }
    guard let scheme = text.firstRange(of: "://") else { return false }
    let authority = text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
    guard let at = authority.lastIndex(of: "@") else { return false }
    return authority[..<at].contains(":")
  }
}
