extension [String] {
  /// The texts with `separator` between them.
  ///
  /// Does what `joined` does, which is generic over collections: when that is first called, the runtime looks through all
  /// conformances of the program. What every start calls uses this instead.
  package func list(separator: String = ", ") -> String {
    var text = ""
    for (index, item) in enumerated() {
      if index > 0 { text += separator }
      text += item
    }
    return text
  }
}
