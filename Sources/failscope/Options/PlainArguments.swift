/// Arguments as nearly everybody writes them: paths, and options with their value behind a space.
///
/// ArgumentParser lays out all options of a command before it looks at the first argument, and asks the runtime a hundred
/// questions on the way: that takes as long as the report on a small log. Whatever is written in another way, or asks for
/// more, is none of these and left to it, as is everything that is wrong: it alone answers with help and mistakes.
struct PlainArguments {
  private(set) var paths: [String] = []
  private var values: [String: String] = [:]

  /// Nil if there is anything but paths and `options` with a value, each of them at most once.
  init?(_ arguments: [String], options: Set<String>) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if Self.isPath(argument) {
        paths.append(argument)
      } else {
        guard options.contains(argument), values[argument] == nil, let value = rest.popFirst(), Self.isWord(value)
        else { return nil }
        values[argument] = value
      }
    }
  }

  /// The value of an option; nil if it was not given.
  subscript(option: String) -> String? { values[option] }

  /// A word that is a command's at another place is not taken for a path.
  private static func isPath(_ argument: String) -> Bool {
    argument == "-" || isWord(argument) && argument != "help"
  }

  private static func isWord(_ argument: String) -> Bool {
    !argument.isEmpty && argument.utf8.first != UInt8(ascii: "-")
  }
}

extension PlainArguments {
  /// The value of an option as `read` understands it, or `usual` if it was not given; nil if it is not understood.
  func value<Value>(_ option: String, usual: Value, read: (String) throws -> Value?) -> Value? {
    guard let text = self[option] else { return usual }
    return try? read(text)
  }
}

// MARK: - What they ask for

extension AnalyzeCommand {
  /// The command that plain arguments ask for; nil if ArgumentParser has to read them.
  init?(plain arguments: [String]) {
    guard let plain = PlainArguments(arguments, options: ["--format", "--output", "--threads"]),
      let input = InputOptions(plain), let report = ReportOptions(plain)
    else { return nil }
    self.init()
    self.input = input
    self.report = report
    failOn = nil
    whatIf = []
  }
}

extension InputOptions {
  fileprivate init?(_ plain: PlainArguments) {
    guard let threads = plain.value("--threads", usual: Self.usualThreads, read: OptionValues.threads) else {
      return nil
    }
    self.init()
    self.threads = threads
    paths = plain.paths
    since = nil
    until = nil
    timezones = []
    year = nil
    parserDirectories = []
    quietPeriod = Self.usualQuietPeriod
  }
}

extension ReportOptions {
  fileprivate init?(_ plain: PlainArguments) {
    guard let format = plain.value("--format", usual: .terminal, read: ReportFormat.init(rawValue:)) else {
      return nil
    }
    self.init()
    self.format = format
    output = plain["--output"]
    color = .auto
    width = nil
    ascii = false
    redaction = .usual
  }
}

extension RedactionOptions {
  fileprivate static var usual: RedactionOptions {
    var options = RedactionOptions()
    options.redact = []
    options.redactKey = nil
    options.showSecrets = false
    return options
  }
}
