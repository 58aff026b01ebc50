import Model

/// What a line, or a further message of its record, turned out to be: positions and indices only.
struct Recognition {
  enum Kind: UInt8 {
    /// The line has a head.
    case record
    /// The line is a message without a head.
    case headless
    /// The line is neither.
    case unframed
    /// The line begins a record that goes on with the next line of its source.
    case open
  }

  var kind = Kind.unframed
  /// Index into the head table, or -1.
  var head = -1
  /// Index of the component, or -1.
  var component = -1
  /// The message's slot, or `Dispatcher.none`.
  var slot = Dispatcher.none
  /// Index of the level word in the component, or -1.
  var level: Int32 = -1
  /// The process id, or -1.
  var pid = -1
  var stamp: Stamp?
  /// Where the message is, in the line or in the recognizer's scratch bytes.
  var textStart = 0
  var textEnd = 0
  var isInScratch = false

  /// Whether a message claimed the line.
  var isClaimed: Bool { slot != Dispatcher.none }
}
