/// The words that parser files may use, as text for their authors.
enum Vocabulary {
  static let text = """
    Parser files speak of events and fields of these closed lists, so that every
    component says the same things in the same words. docs/parsers.md explains how.

    EVENTS: what a message means ('event' in a parser file)

    \(events)
    FIELDS: what captures, 'set' and 'keys' may name

    \(fields)
    """
}
