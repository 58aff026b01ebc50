/// The text behind the time of a source's last line, such as ` UTC [1] LOG C-`, and what was read from it.
struct SteadyText {
  /// One past the step that may recall it, or -1 if there is none.
  private(set) var step = -1
  private(set) var length = 0
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  /// Which bytes of the words count.
  private var masks: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private(set) var level: Int32 = -1
  private(set) var pid = -1
  private(set) var hasZone = false
  private(set) var zoneOffset: Int32 = 0

  private static let longest = 32

  /// Nothing to recall.
  init() {}

  /// Remembers `line[start..<end]`, if it is not too long, for the step before `index`.
  init(_ line: Span<UInt8>, _ start: Int, _ end: Int, of index: Int, _ fit: LayoutFit) {
    guard end &- start <= Self.longest, end > start else { return }
    length = end &- start
    step = index
    masks = (Self.mask(length), Self.mask(length &- 8), Self.mask(length &- 16), Self.mask(length &- 24))
    words = (
      line.word(at: start) & masks.0, line.word(at: start &+ 8) & masks.1, line.word(at: start &+ 16) & masks.2,
      line.word(at: start &+ 24) & masks.3
    )
    level = fit.level
    pid = fit.pid
    hasZone = fit.clock.hasZone
    zoneOffset = fit.clock.zoneOffset
  }

  /// Whether the text stands at a position; the caller sees to it that so many bytes are there.
  @inline(__always)
  func stands(in line: Span<UInt8>, at position: Int) -> Bool {
    guard line.word(at: position) & masks.0 == words.0, line.word(at: position &+ 8) & masks.1 == words.1 else {
      return false
    }
    guard length > 16 else { return true }
    return line.word(at: position &+ 16) & masks.2 == words.2 && line.word(at: position &+ 24) & masks.3 == words.3
  }

  private static func mask(_ bytes: Int) -> UInt64 {
    bytes <= 0 ? 0 : bytes >= 8 ? .max : (1 << UInt64(bytes * 8)) - 1
  }
}
