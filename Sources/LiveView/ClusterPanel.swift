import Contract
import Live
import Model
import Reporting

/// The cluster as it is now: members, proxy, pool, clients.
struct ClusterPanel {
  let screen: LiveScreen
  private var state: LiveState { screen.state }

  /// At most `most` lines, and at least a heading.
  func lines(upTo most: Int) -> [ScreenLine] {
    let cluster = state.report?.cluster
    let clients = [clientLine].compactMap { $0 }
    let members = cluster?.members ?? []
    let shown = members.prefix(max(1, most - 2 - clients.count))
    var result = [heading(cluster)]
    guard !members.isEmpty else {
      result.append(note("No line has told about a member yet."))
      return result + clients
    }
    result += shown.map { member($0, isHolder: $0.name == lockHolder) }
    if shown.count < members.count {
      result[result.count - 1] = note("and \(members.count - shown.count + 1) more members")
    }
    return result + clients
  }

  private func heading(_ cluster: Cluster?) -> ScreenLine {
    let lock = lockHolder.map { "lock \($0)" }
    let timeline = cluster?.timelineAtEnd.map { "timeline \($0)" }
    let pool = state.pulse.pool.map { pool in
      // What a pool said then need not hold now.
      "pool \(pool.isConnected ? "connected" : "lost its server") \(pool.since.timeOfDay.prefix(8))"
    }
    let store = cluster?.dcs
    return screen.heading(
      "CLUSTER \(cluster?.name ?? "")",
      [lock, timeline, store, pool].compactMap { $0 }.joined(separator: ", ")
    )
  }

  /// Who holds the leader lock, whether or not it is a primary that works.
  private var lockHolder: String? {
    let cluster = state.report?.cluster
    return cluster?.primaryAtEnd ?? cluster?.members.first { $0.roleAtEnd == .leader }?.name
  }

  private func note(_ text: String) -> ScreenLine {
    var line = screen.line()
    line.add(" " + text, .faint)
    return line
  }

  private func member(_ member: Member, isHolder: Bool) -> ScreenLine {
    var line = screen.line()
    line.add(isHolder ? "▶" : " ", .strong)
    line.add(member.name, column: nameWidth, .strong)
    line.add(words(member.roleAtEnd.rawValue), column: 10)
    line.add(words(member.stateAtEnd.rawValue), column: 12, member.stateAtEnd.screenStyle)
    line.add(member.timelineAtEnd.map { "tl \($0)" } ?? "", column: 6)
    if let lag = state.pulse.lags[member.name] { line.add("lag \(lag)", column: 10) }
    for server in servers(of: member) {
      line.add("\(server.backend) ")
      line.add(server.isUp ? "up" : "DOWN", server.isUp ? .good : .critical)
      line.add("  ")
    }
    return line
  }

  private var nameWidth: Int {
    let longest = (state.report?.cluster.members ?? []).map { DisplayWidth.of(visible($0.name)) }.max() ?? 8
    return min(max(8, longest), screen.size.columns / 3)
  }

  private func servers(of member: Member) -> [ClusterPulse.ProxyServer] {
    state.pulse.proxyServers.filter { server in
      server.server == member.name || member.aliases.contains("\(server.backend)/\(server.server)")
        || member.aliases.contains(server.server)
    }
  }

  // MARK: - Clients

  /// What clients met over the last minutes, the present at the right; nil if no client is seen.
  private var clientLine: ScreenLine? {
    guard !state.pulse.seconds.isEmpty, let now = screen.now ?? state.latest else { return nil }
    var line = screen.line()
    line.add(" clients", column: 9)
    let note = clientNote
    let width = max(10, min(60, screen.size.columns - 12 - note.count - 2))
    let strip = ClientStrip(pulse: state.pulse, now: now, width: width)
    for cell in strip.cells { line.add(cell.text, cell.style) }
    line.add("  \(note)", .faint)
    return line
  }

  private var clientNote: String {
    let last = state.pulse.seconds.max { $0.key < $1.key }
    guard let last, last.value.succeeded == 0 else { return "last \(ClientStrip.span / 60) min" }
    return "writes FAIL"
  }
}

/// The results of clients as a strip of signs, one for a few seconds each.
struct ClientStrip {
  let pulse: ClusterPulse
  /// The instant at the right edge.
  let now: Instant
  let width: Int

  /// How many seconds the strip shows.
  static let span: Int64 = 120

  /// One sign of the strip: all good, some failed, all failed, nothing heard.
  var cells: [(text: String, style: ScreenStyle)] {
    let end = now.milliseconds / 1000 + 1
    return (0..<width).map { index in
      let from = end - Self.span + Int64(index) * Self.span / Int64(width)
      let to = max(from + 1, end - Self.span + Int64(index + 1) * Self.span / Int64(width))
      return cell(from..<to)
    }
  }

  private func cell(_ seconds: Range<Int64>) -> (text: String, style: ScreenStyle) {
    var sum = ClusterPulse.Second()
    for second in seconds {
      guard let found = pulse.seconds[second] else { continue }
      sum.succeeded += found.succeeded
      sum.failed += found.failed
    }
    switch (sum.succeeded > 0, sum.failed > 0) {
    case (true, false): return ("▪", .good)
    case (true, true): return ("!", .warning)
    case (false, true): return ("x", .critical)
    case (false, false): return ("·", .faint)
    }
  }
}
