import Foundation
import TestSupport
import Testing

@testable import Following

@Suite("docker compose logs, followed")
struct ComposeFollowerTests {
  @Test("times are read to the nanosecond, and taken back across days and years")
  func times() throws {
    let line = Array("pg1-1  | 2025-03-01T00:00:04.000000001Z text".utf8)[...]
    let (name, time) = try #require(ComposeTime.parse(line))
    #expect(String(decoding: name, as: UTF8.self) == "pg1-1")
    #expect(time.text == "2025-03-01T00:00:04.000000001Z")
    #expect(time.earlier(bySeconds: 10).text == "2025-02-28T23:59:54.000000001Z")
    #expect(time.earlier(bySeconds: 60 * 86400).text == "2024-12-31T00:00:04.000000001Z")
    for text in ["pg1 exited with code 137", "pg1 | no time", "pg1 | 2025-13-01T00:00:00Z x", "|", ""] {
      #expect(ComposeTime.parse(Array(text.utf8)[...]) == nil)
    }
  }

  @Test("lines that were seen are left out after a restart, also those of one instant")
  func resumption() {
    var resumption = LineResumption()
    let lines = [
      "a | 2025-08-10T10:00:00.1Z one", "b | 2025-08-10T10:00:00.2Z two", "a | 2025-08-10T10:00:01Z three",
      "a | 2025-08-10T10:00:01Z four",
    ]
    let areNew = lines.map { resumption.isNew(Array($0.utf8)[...]) }
    #expect(areNew == [true, true, true, true])
    // As long as the command has more to say, another container's lines may be far behind.
    #expect(resumption.since == nil)
    resumption.settle()
    #expect(resumption.since == "2025-08-10T09:59:51.000000000Z")
    resumption.restart()
    let again =
      lines + [
        "a | 2025-08-10T10:00:01Z five", "b | 2025-08-10T10:00:00.3Z six", "c | 2025-08-10T09:59:59Z seven",
        "b exited with code 1",
      ]
    #expect(
      again.map { resumption.isNew(Array($0.utf8)[...]) } == [false, false, false, false, true, true, true, true]
    )
  }

  /// A stand-in for the command: keeps to `--since`, and dies in the middle of a line after so many lines.
  private static let script = """
    #!/usr/bin/env bash
    since=""
    while [ $# -gt 0 ]; do
      if [ "$1" = "--since" ]; then since="$2"; fi
      shift
    done
    runs=$(cat "$STATE" 2>/dev/null || echo 0)
    echo $((runs + 1)) > "$STATE"
    sent=0
    for number in $(seq 100 399); do
      second=$((number / 10 % 60)); minute=$((number / 600))
      time=$(printf '2025-08-10T10:%02d:%02d.%d00000000Z' $minute $second $((number % 10)))
      if [[ -n "$since" && "$time" < "$since" ]]; then continue; fi
      echo "pg$((number % 3))  | $time line $number"
      sent=$((sent + 1))
      if [ $sent -ge 150 ] && [ $runs -lt 2 ]; then
        printf 'pg1  | 2025-08-10T10:00:59.9'
        kill -9 $$
      fi
    done
    sleep 60
    """

  /// Calls `follower.read` until `isDone` says so, or ten seconds have passed.
  private func follow(
    _ follower: inout ComposeFollower,
    until isDone: ([FollowerEvent]) -> Bool
  ) -> [FollowerEvent] {
    var events: [FollowerEvent] = []
    let start = Date()
    while Date().timeIntervalSince(start) < 10, !isDone(events) {
      var requests = follower.descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      poll(&requests, nfds_t(requests.count), 20)
      let ready = Set(requests.filter { $0.revents != 0 }.map(\.fd))
      events += follower.read(ready: ready, uptime: Date().timeIntervalSince(start))
    }
    return events
  }

  private func text(_ events: [FollowerEvent]) -> [String] {
    let bytes = events.flatMap { event -> [UInt8] in if case .bytes(let bytes) = event { bytes } else { [] } }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test("a command that is killed is started again; no line is lost, none comes twice")
  func killed() throws {
    let scratch = try ScratchDirectory()
    let program = try scratch.write(
      Self.script.replacing("\"$STATE\"", with: "'\(scratch.path("state"))'"),
      to: "docker"
    )
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    var follower = ComposeFollower(.init(program: program, projectOptions: ["-p", "shop"]))
    let events = follow(&follower) { text($0).count >= 300 }
    let numbers = text(events).compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
    #expect(numbers == Array(100..<400))
    #expect(follower.starts == 3)
    let notes = events.compactMap { if case .note(let note) = $0 { note } else { nil } }
    #expect(notes.count == 2)
    #expect(notes.allSatisfy { $0.contains("signal 9") && $0.contains("started again") })
    let start = Date()
    follower.stop()
    #expect(Date().timeIntervalSince(start) < 4)
  }

  @Test("what is asked for")
  func arguments() {
    let command = ComposeFollower.Command(projectOptions: ["-f", "prod.yml"], since: "10m")
    #expect(
      command.arguments(since: nil).joined(separator: " ")
        == "compose -f prod.yml logs --follow --timestamps --no-color --since 10m"
    )
    #expect(command.arguments(since: "T").suffix(2) == ["--since", "T"])
  }

  @Test("a program that is not there, and one that only complains, are given up with their words")
  func hopeless() throws {
    var missing = ComposeFollower(.init(program: "/no/such/docker"))
    let events = follow(&missing) { $0.contains(.finished) }
    #expect(events.contains(.finished))
    let scratch = try ScratchDirectory()
    let program = try scratch.write("#!/bin/sh\necho no such project >&2\nexit 1\n", to: "docker")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    var failing = ComposeFollower(.init(program: program))
    let complaints = follow(&failing) { $0.contains(.finished) }
    #expect(complaints.contains(.note("docker compose logs ends at once: no such project.")))
  }
}
