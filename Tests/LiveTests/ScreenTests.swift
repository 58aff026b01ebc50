import Foundation
import Live
import LiveView
import Model
import Reporting
import TestSupport
import Testing

/// The golden screens are recorded with `make golden`.
@Suite("The screen")
struct ScreenTests {
  /// A moment of the recorded failover: the line after which somebody looks.
  enum Moment: String, CaseIterable {
    case before = "monitor    | [21:57:23] READ"
    case lockExpiring = "pg2        | 2025-08-10 21:57:36,830"
    case promoting = "pg2        | 2025-08-10 21:57:50,639"
    case readOnly = "pgbouncer  | 2025-08-10 21:57:56.514"
    case recovered = "monitor    | [21:58:00] WRITE"
    case oldPrimaryBack = "pg1        | 2025-08-10 21:58:45"

    var name: String { String(describing: self) }
  }

  static let sizes = [ScreenSize(columns: 80, rows: 24), ScreenSize(columns: 120, rows: 40)]

  private static let comeback = """
    pg1        | 2025-08-10 21:58:18,000 INFO: No PostgreSQL configuration items changed, nothing to reload.
    pg1        | 2025-08-10 21:58:19.100 UTC [40] LOG:  database system is ready to accept read-only connections
    pg1        | 2025-08-10 21:58:20.000 UTC [50] LOG:  started streaming WAL from primary at 0/4000000 on timeline 3
    pg2        | 2025-08-10 21:58:24,788 INFO: no action. I am (pg2), the leader with the lock
    pg1        | 2025-08-10 21:58:25,000 INFO: no action. I am (pg1), a secondary, and following a leader (pg2)
    pg2        | 2025-08-10 21:58:44,788 INFO: no action. I am (pg2), the leader with the lock
    pg1        | 2025-08-10 21:58:45,000 INFO: no action. I am (pg1), a secondary, and following a leader (pg2)

    """

  /// What is known at each moment.
  private static let states = Dictionary(
    uniqueKeysWithValues: Moment.allCases.map { moment in (moment, Result { try reach(moment) }) }
  )

  static func state(at moment: Moment) throws -> LiveState {
    try #require(states[moment]).get()
  }

  private static func reach(_ moment: Moment) throws -> LiveState {
    var run = LiveRun { $0.pause = 0 }
    let lines = try Log.lines(Log.failover) + Log.lines(Array(comeback.utf8))
    var isReached = false
    for line in lines {
      isReached = String(decoding: line, as: UTF8.self).hasPrefix(moment.rawValue)
      run.feed(line)
      if isReached { break }
    }
    run.wait(1.5)
    try #require(isReached)
    return run.analysis.state
  }

  static func text(_ state: LiveState, _ view: ViewState, _ size: ScreenSize) -> String {
    LiveScreen(state: state, view: view, size: size, now: state.latest).lines.map { line in
      String(line.text.reversed().drop { $0 == " " }.reversed()) + "\n"
    }
    .joined()
  }

  @Test(arguments: Moment.allCases)
  func golden(_ moment: Moment) throws {
    let state = try Self.state(at: moment)
    for size in Self.sizes {
      let golden = GoldenText("Tests/LiveTests/Golden/\(moment.name)-\(size.columns)x\(size.rows).txt")
      #expect(golden.difference(from: Self.text(state, ViewState(), size)) == nil)
    }
  }

  @Test("the incident on the whole screen, an event with its line, and the help")
  func pages() throws {
    let state = try Self.state(at: .recovered)
    var view = ViewState()
    _ = view.press(.character("i"), in: state)
    check("incident", Self.text(state, view, Self.sizes[0]))
    _ = view.press(.character("?"), in: state)
    check("help", Self.text(state, view, Self.sizes[0]))
    _ = view.press(.escape, in: state)
    for _ in 0..<3 { _ = view.press(.up, in: state) }
    _ = view.press(.enter, in: state)
    check("expanded", Self.text(state, view, Self.sizes[0]))
  }

  private func check(_ name: String, _ text: String) {
    #expect(GoldenText("Tests/LiveTests/Golden/\(name).txt").difference(from: text) == nil)
  }

  @Test("no line is wider than the screen, whatever its size", arguments: [20, 41, 60, 80, 200])
  func width(columns: Int) throws {
    for moment in Moment.allCases {
      let state = try Self.state(at: moment)
      for rows in [6, 10, 24, 70] {
        let size = ScreenSize(columns: columns, rows: rows)
        let lines = LiveScreen(state: state, view: ViewState(), size: size, now: state.latest).lines
        #expect(lines.count == rows)
        #expect(lines.allSatisfy { DisplayWidth.of($0.text) <= columns })
      }
    }
  }

  @Test("title and keys are whole on a screen of 80 columns, and of 40", arguments: [40, 80, 120])
  func edges(columns: Int) throws {
    for moment in Moment.allCases {
      let state = try Self.state(at: moment)
      var view = ViewState()
      let size = ScreenSize(columns: columns, rows: 24)
      for key in [Key.escape, .character(" ")] {
        _ = view.press(key, in: state)
        let lines = LiveScreen(state: state, view: view, size: size, now: state.latest).lines.map(\.text)
        #expect(!lines[23].contains("…"))
        #expect(lines[23].contains("q quit"))
        #expect(lines[23].contains("? help"))
        if columns >= 80 {
          #expect(!lines[0].contains("…"))
          #expect(lines[0].hasSuffix(" UTC"))
        }
      }
    }
  }

  @Test("what a log hides in its lines does not reach the terminal")
  func hostile() throws {
    var run = LiveRun { $0.pause = 0 }
    let evil = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}"
    let line = "pg\(evil)1 | 2025-08-10 21:57:23.629 UTC [50] FATAL:  could not receive data from WAL stream: \(evil)\n"
    for _ in 0..<5 {
      run.feed(
        Array(
          (line + "pg2  | 2025-08-10 21:57:43,740 INFO: no action. I am (\(evil)), the leader with the lock\n").utf8
        ),
        thenWait: 0.5
      )
    }
    let screen = LiveScreen(state: run.analysis.state, view: ViewState(), size: Self.sizes[0], now: nil)
    for line in screen.lines {
      #expect(line.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E && $0.value != 0x7F })
    }
  }

  @Test("before the first line there is a screen, too")
  func empty() {
    let lines = LiveScreen(state: LiveState(), view: ViewState(), size: Self.sizes[0], now: nil).lines
    #expect(lines.count == 24)
    #expect(lines[0].text.contains("waiting for lines"))
  }

  @Test("keys do what the help says")
  func keys() throws {
    let state = try Self.state(at: .recovered)
    var view = ViewState()
    #expect(view.press(.character(" "), in: state) == nil)
    #expect(view.frozen?.count == state.recent.count)
    _ = view.press(.pageUp, in: state)
    #expect(view.distance == 10)
    _ = view.press(.home, in: state)
    #expect(view.distance == state.recent.count - 1)
    _ = view.press(.end, in: state)
    #expect(view.frozen == nil)
    _ = view.press(.character("c"), in: state)
    #expect(view.component != nil)
    #expect(view.events(of: state).allSatisfy { $0.event.component.name == view.component })
    let components = Set(state.recent.map(\.event.component.name)).count
    for _ in 0..<components { _ = view.press(.character("c"), in: state) }
    #expect(view.component == nil)
    #expect(view.press(.character("s"), in: state) == .saveReport)
    _ = view.press(.character("i"), in: state)
    #expect(view.press(.character("q"), in: state) == nil)
    #expect(view.press(.character("q"), in: state) == .quit)
  }

  @Test("bytes are keys")
  func keyBytes() {
    #expect(
      Key.keys(in: Array("q\u{1b}[A\u{1b}OB\u{1b}[5~\u{1b}[1;5D\r".utf8)) == [
        .character("q"), .up, .down, .pageUp, .enter,
      ]
    )
    #expect(Key.keys(in: [0x1B]) == [.escape])
    #expect(Key.keys(in: [0x1B, 0x5B, 0xFF, 0x00]) == [])
  }
}
