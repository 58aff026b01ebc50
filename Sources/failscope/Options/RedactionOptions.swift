import Analyzer
import ArgumentParser
import Contract
import Redaction
import Reporting

/// What a report does not tell to those who read it.
struct RedactionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Put pseudonyms in the place of names, addresses and users, and leave out statements (sql), or all of these: "
        + "--redact names,addresses.",
      valueName: "what"
    ),
    transform: OptionValues.redactables
  )
  var redact: Set<Redactable> = []

  @Option(
    help: ArgumentHelp(
      "With the same key, the same name has the same pseudonym in every report; without one, they are numbered.",
      valueName: "key"
    )
  )
  var redactKey: String?

  @Flag(help: "Show literals in statements and secrets in connection strings, which are hidden otherwise.")
  var showSecrets = false

  mutating func validate() throws {
    if let redactKey, redactKey.isEmpty || redact.isEmpty {
      throw ValidationError(
        redactKey.isEmpty ? "--redact-key is empty." : "--redact-key needs --redact, which says what to hide."
      )
    }
  }

  /// What is hidden.
  var plan: RedactionPlan { RedactionPlan(hidden: redact, showsSecrets: showSecrets, key: redactKey) }

  /// The report, and the events of the log if they are listed, as they may be shown.
  func applied(to result: AnalysisResult, listsEvents: Bool) throws -> (report: Report, events: [PageEvent]) {
    let events = listsEvents ? result.pageEvents : []
    guard !plan.isIdle else { return (result.report, events) }
    let redactor = try Redactor(plan: plan, for: result.report, texts: events.map(\.text))
    return (try redactor.redacted(result.report), events.map(redactor.redacted))
  }
}

extension OptionValues {
  /// Kinds of things to hide, such as `names,addresses`; `all` is all of them.
  static func redactables(_ text: String) throws -> Set<Redactable> {
    var result: Set<Redactable> = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      if word == "all" {
        result.formUnion(Redactable.allCases)
      } else if let redactable = Redactable(rawValue: String(word)) {
        result.insert(redactable)
      } else {
        throw ValidationError("Write names, addresses, users, sql or all, with commas between them")
      }
    }
    return result
  }
}
