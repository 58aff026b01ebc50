/// Reads what must not stand on a command line: from the environment or from a file.
enum SecretText {
  /// The text at `env:NAME` or `file:PATH`, without the line break at its end.
  ///
  /// Throws `Failure`.
  static func read(_ place: String, option: String) throws -> String {
    if place.hasPrefix("env:") {
      let name = String(place.dropFirst(4))
      guard let value = System.environment(name) else {
        throw Failure("\(option): the variable \(name) is not set.", status: .usage)
      }
      return try checked(value, option)
    }
    guard place.hasPrefix("file:") else {
      throw Failure(
        "\(option): write env:NAME or file:PATH, so that the secret is in no list of processes.",
        status: .usage
      )
    }
    let path = String(place.dropFirst(5))
    guard let bytes = System.contents(ofFile: path, limit: 1 << 16) else {
      throw Failure("\(option): \(path) cannot be read.")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return try checked(text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "", option)
  }

  /// A URL as it is, or at `env:NAME` or `file:PATH`.
  static func readURL(_ text: String) throws -> String {
    let isPlace = text.hasPrefix("env:") || text.hasPrefix("file:")
    let url = isPlace ? try read(text, option: "--webhook") : text
    guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
      throw Failure("--webhook: a URL begins with https:// or http://.", status: .usage)
    }
    return url
  }

  private static func checked(_ value: String, _ option: String) throws -> String {
    guard !value.isEmpty, !value.contains(where: \.isNewline) else {
      throw Failure("\(option): the secret is empty or has line breaks.", status: .usage)
    }
    return value
  }
}
