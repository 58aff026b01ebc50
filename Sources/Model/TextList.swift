extension [String] {
  /// The texts with `separator` between them.
  ///
  /// That is `joined`, which is made for any collection, though, and when it is first called makes the runtime look through
  /// all conformances of the program for what an array is: for every report there is, that is worth a loop.
  package func list(separator: String = ", ") -> String {
    var text = ""
    for (index, item) in enumerated() {
      if index > 0 { text += separator }
      text += item
    }
    return text
  }
}
