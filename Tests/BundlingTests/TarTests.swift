import Foundation
import Testing

@testable import Bundling

@Suite("The archive of a bundle")
struct TarTests {
  private static let archive = TarArchive(entries: [
    TarArchive.Entry(name: "a/manifest.json", bytes: Array("{}".utf8)),
    TarArchive.Entry(name: "a/empty", bytes: []),
    TarArchive.Entry(
      name: String(repeating: "folder/", count: 20) + "long.log",
      bytes: [UInt8](repeating: 7, count: 1025)
    ),
  ])

  @Test("What is written is read again")
  func roundTrip() throws {
    #expect(try TarArchive(bytes: Self.archive.bytes()) == Self.archive)
  }

  @Test("tar itself reads it")
  func foreignReader() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["tar", "--list", "--file", "-"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    input.fileHandleForWriting.write(Data(try Self.archive.bytes()))
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    let names = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.terminationStatus == 0)
    #expect(names.split(separator: "\n").map(String.init) == Self.archive.entries.map(\.name))
  }

  @Test(
    "Names that lead out of the folder are refused",
    arguments: ["../x", "/etc/passwd", "a/../../b", "a//b", "", "./x"]
  )
  func hostileNames(_ name: String) throws {
    #expect(throws: TarError.self) { try TarArchive(entries: [TarArchive.Entry(name: name, bytes: [])]).bytes() }
    var bytes = try TarArchive(entries: [TarArchive.Entry(name: "abcdefghijkl", bytes: [])]).bytes()
    for (offset, byte) in (Array(name.utf8) + [0]).enumerated() { bytes[offset] = byte }
    Self.mendChecksum(&bytes)
    #expect(throws: TarError.name(name)) { try TarArchive(bytes: bytes) }
  }

  @Test("A damaged or shortened archive is refused, wherever it breaks off")
  func damage() throws {
    let bytes = try Self.archive.bytes()
    for length in stride(from: 0, to: bytes.count - 1024, by: 256) {
      #expect(throws: TarError.self) { try TarArchive(bytes: Array(bytes[..<length])) }
    }
    var other = bytes
    other[3] ^= 1
    #expect(throws: TarError.damaged) { try TarArchive(bytes: other) }
  }

  private static func mendChecksum(_ bytes: inout [UInt8]) {
    for index in 148..<156 { bytes[index] = 0x20 }
    let sum = bytes[..<512].reduce(0) { $0 + Int($1) }
    let digits = String(sum, radix: 8)
    let field = String(repeating: "0", count: 6 - digits.count) + digits + "\u{0} "
    for (offset, byte) in field.utf8.enumerated() { bytes[148 + offset] = byte }
  }
}

@Suite("What logs are called in a bundle")
struct CasePathTests {
  @Test("Folders that may name a node stay, nothing leads elsewhere, no name comes twice")
  func names() {
    let paths = ["/var/log/pg1/patroni.log", "../x/pg2/patroni.log", "a.log", "./a.log", "-"]
    let names = CasePaths.names(of: paths)
    #expect(names == ["log/pg1/patroni.log", "x/pg2/patroni.log", "a.log", "copy2/a.log", "-"])
  }

  @Test("With names hidden, a folder that is not known is none")
  func hidden() {
    let names = CasePaths.names(
      of: ["/home/alice/acme/pg1.log.gz", "acme.log", "logs/haproxy-2.log"],
      hidesUnknown: true
    ) {
      $0.replacing("pg1", with: "node-1")
    }
    #expect(names == ["folder/folder/node-1.log.gz", "log.log", "logs/haproxy-2.log"])
  }
}

@Suite("Lines that are kept")
struct LogLinesTests {
  @Test("Others become empty, and numbers stay", arguments: ["a\nb\nc\nd\n", "a\nb\nc\nd"])
  func kept(_ text: String) {
    var log = LogLines(Array(text.utf8))
    #expect(log.bytes == Array(text.utf8))
    #expect(log.keep([11...11, 13...20], first: 10) == 2)
    #expect(String(decoding: log.bytes, as: UTF8.self) == text.replacing("a", with: "").replacing("c", with: ""))
  }
}
