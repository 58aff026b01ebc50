import Foundation
import Following
import TestSupport
import Testing

@Suite("Files that are followed")
struct FileFollowerTests {
  /// A file that is written, rotated and cut, and what a follower reads of it.
  private struct Followed: ~Copyable {
    let scratch: ScratchDirectory
    var follower: FileFollower
    var path: String { scratch.path("log") }

    init(_ start: FileFollower.Start = .beginning, existing: String? = nil, blockSize: Int = 16) throws {
      let directory = try ScratchDirectory()
      if let existing { _ = try directory.write(existing, to: "log") }
      follower = FileFollower(path: directory.path("log"), start: start, blockSize: blockSize)
      scratch = directory
    }

    func append(_ text: String, to name: String = "log") throws {
      let path = scratch.path(name)
      if !FileManager.default.fileExists(atPath: path) { _ = try scratch.write("", to: name) }
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data(text.utf8))
      try handle.close()
    }

    func rotate() throws {
      try? FileManager.default.removeItem(atPath: scratch.path("log.1"))
      try FileManager.default.moveItem(atPath: path, toPath: scratch.path("log.1"))
    }

    /// Everything that comes until the file pauses; `|` stands for the end of a file.
    mutating func text() -> String {
      var text: [UInt8] = []
      for _ in 0..<10_000 {
        let events = follower.read()
        for event in events {
          switch event {
          case .bytes(let bytes): text += bytes
          case .fileEnded: text.append(UInt8(ascii: "|"))
          case .paused, .note, .finished: continue
          }
        }
        if events.contains(.paused) { break }
      }
      return String(decoding: text, as: UTF8.self)
    }
  }

  @Test("what is there and what is appended")
  func appended() throws {
    var file = try Followed(existing: "one\ntwo\n")
    #expect(file.text() == "one\ntwo\n")
    try file.append("thr")
    #expect(file.text() == "thr")
    try file.append("ee\n")
    #expect(file.text() == "ee\n")
    #expect(file.text() == "")
  }

  @Test("a file that appears later is read from its first line, whatever the start", arguments: [0, 1, 2])
  func late(start: Int) throws {
    var file = try Followed([.beginning, .recent(bytes: 4), .end][start])
    #expect(file.text() == "")
    try file.append("first line\nsecond\n")
    #expect(file.text() == "first line\nsecond\n")
  }

  @Test("the end, and the last lines before it")
  func starts() throws {
    var end = try Followed(.end, existing: "old\nolder\n")
    #expect(end.text() == "")
    try end.append("new\n")
    #expect(end.text() == "new\n")
    var recent = try Followed(.recent(bytes: 8), existing: "first\nsecond\nthird\n")
    #expect(recent.text() == "third\n")
    var exact = try Followed(.recent(bytes: 6), existing: "first\nsecond\nthird\n")
    #expect(exact.text() == "third\n")
    var all = try Followed(.recent(bytes: 1000), existing: "first\n")
    #expect(all.text() == "first\n")
  }

  @Test("rotation by renaming: the old file to its end, then the new one")
  func rotation() throws {
    var file = try Followed(existing: "1\n")
    #expect(file.text() == "1\n")
    try file.rotate()
    try file.append("2\n", to: "log.1")
    #expect(file.text() == "2\n")
    try file.append("")
    // The successor is empty: the writer may not have reopened.
    try file.append("3\n", to: "log.1")
    #expect(file.text() == "3\n")
    try file.append("4\n")
    #expect(file.text() == "|4\n")
  }

  @Test("truncation in place")
  func truncation() throws {
    var file = try Followed(existing: "a long first line\n")
    #expect(file.text() == "a long first line\n")
    _ = try file.scratch.write("", to: "log")
    #expect(file.text() == "|")
    try file.append("new\n")
    #expect(file.text() == "new\n")
  }

  @Test("a file that disappears is waited for")
  func disappears() throws {
    var file = try Followed(existing: "1\n")
    #expect(file.text() == "1\n")
    try FileManager.default.removeItem(atPath: file.path)
    #expect(file.text() == "")
    try file.append("2\n")
    #expect(file.text() == "|2\n")
  }

  @Test("rotation under load loses nothing and repeats nothing")
  func load() throws {
    var file = try Followed(blockSize: 300)
    var read = ""
    var number = 0
    for round in 0..<60 {
      for _ in 0..<20 {
        try file.append("line \(number)\n")
        number += 1
        if number % 3 == 0 { read += file.text() }
      }
      if round % 2 == 0 { try file.rotate() }
    }
    read += file.text()
    let lines = read.replacing("|", with: "").split(separator: "\n").map(String.init)
    #expect(lines == (0..<number).map { "line \($0)" })
  }
}
