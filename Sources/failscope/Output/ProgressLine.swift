import Analyzer

/// A line on the terminal that says how far the reading has come, and disappears when it is done.
///
/// It appears only if standard error is a terminal and only after half a second, so that short inputs do not flicker.
struct ProgressLine {
  private static let patience = Duration.milliseconds(500)
  private static let interval = Duration.milliseconds(100)

  private let isWanted: Bool
  private let start: ContinuousClock.Instant
  private var lastShown: ContinuousClock.Instant?

  init() {
    isWanted = System.isTerminal(System.standardError) && System.environment("TERM").map { $0 != "dumb" } ?? false
    start = .now
  }

  /// Shows the progress unless it was shown a moment ago.
  mutating func update(_ progress: AnalysisProgress) {
    guard isWanted else { return }
    let now = ContinuousClock.now
    guard now - start >= Self.patience else { return }
    if let lastShown, now - lastShown < Self.interval { return }
    lastShown = now
    write("\r\(Self.text(progress))\u{1b}[K")
  }

  /// Takes the line away again.
  mutating func erase() {
    guard lastShown != nil else { return }
    lastShown = nil
    write("\r\u{1b}[K")
  }

  /// Such as `reading: 12.3 MB, 120,345 lines`.
  private static func text(_ progress: AnalysisProgress) -> String {
    let tenths = progress.bytes / 100_000
    return "reading: \(tenths / 10).\(tenths % 10) MB, \(grouped(progress.lines)) lines"
  }

  private static func grouped(_ number: Int) -> String {
    var digits = String(number)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return ([digits] + groups).joined(separator: ",")
  }

  private func write(_ text: String) {
    try? System.write(Array(text.utf8), to: System.standardError)
  }
}
