/// What an input that does not end has to say.
package enum FollowerEvent: Sendable, Hashable {
  /// The next bytes of its lines.
  case bytes([UInt8])
  /// Nothing more is there at the moment.
  case paused
  /// The file has ended and another one takes its place: its lines count from 1.
  case fileEnded
  /// Something that the user should know, in a sentence.
  case note(String)
  /// Nothing will follow.
  case finished
}
