import Ingestion
import Model
import Parsing

/// A small catalogue that has one of each thing.
enum Fixture {
  static let agent = """
    component: agent
    name: Agent
    role: agent
    programs: [agent]
    levels: {DEBUG: debug, DEBUG5: debug, INFO: info, WARNING: warning, ERROR: error}
    heads:
      - id: plain
        layout: '{time YYYY-MM-DD hh:mm:ss,S} {level}: {message}'
        example: '2025-08-10 21:57:43,740 INFO: Leader key released'
      - id: json
        json: {time: [ts, time], level: [level], message: [msg], pid: [pid]}
        requires: [caller]
        also: [detail]
        set: {scope: demo}
        example: '{"level":"INFO","ts":"2025-08-10T21:57:43.740Z","caller":"x","msg":"Leader key released"}'
      - id: bare
        layout: '{message}'
        named_only: true
        example: 'Leader key released'
    messages:
      - id: shut
        meaning: A text found by a literal in its middle.
        pattern: '.*shutting down\\b'
        event: agent.stopping
        examples: [{line: '2025-08-10 21:57:43,740 INFO: now shutting down', fields: {}}]
      - id: released
        meaning: The lock was given back.
        pattern: 'Leader key released'
        event: leader.released
        set: {reason: shutdown}
        examples:
          - {line: '2025-08-10 21:57:43,740 INFO: Leader key released', fields: {reason: shutdown}}
      - id: owner
        meaning: Who holds the lock.
        pattern: 'Lock owner: (?<leader>[^;]*); I am (?<name>\\S+)$'
        event: agent.lock_owner
        keys: {error: err}
        examples:
          - {line: '2025-08-10 21:57:43,740 INFO: Lock owner: pg1; I am pg2', fields: {leader: pg1, name: pg2}}
        near_misses: ['2025-08-10 21:57:43,740 INFO: Lock owner: pg1']
      - id: chatter
        meaning: Nothing of consequence.
        pattern: 'Lock '
        examples: [{line: '2025-08-10 21:57:43,740 INFO: Lock is fine'}]
      - id: detail
        meaning: A further message.
        pattern: 'because of (?<error>.+)'
        event: fault.other
        heads: [json]
        examples:
          - line: '{"level":"INFO","ts":"2025-08-10T21:57:43Z","caller":"x","msg":"m","detail":"because of rain"}'
            fields: {error: rain, scope: demo}
      - id: debugging
        meaning: Whatever is printed for debugging.
        levels: [DEBUG]
        examples: [{line: '2025-08-10 21:57:43,740 DEBUG: anything'}]
      - id: attached
        meaning: A line without a head.
        headless: true
        pattern: 'Attaching to (?<members>.*)'
        event: runtime.attached
        examples: [{line: 'Attaching to pg1, pg2', fields: {members: 'pg1, pg2'}}]
      - id: table
        meaning: The first line of a table.
        headless: true
        block: true
        pattern: '\\+ Cluster: (?<scope>\\S+)'
        event: cluster.listed
        examples: [{line: '+ Cluster: demo (1) --+', fields: {scope: demo}}]
    """

  static let server = """
    component: server
    name: Server
    role: server
    programs: [server]
    levels: {LOG: info, FATAL: fatal, DETAIL: info}
    heads:
      - id: prefix
        layout: '{time YYYY-MM-DD hh:mm:ss[.S]} {zone}{skip}{level}:  {message}'
        example: '2025-08-10 21:57:58.763 CET [33] LOG:  ready'
      - id: syslog
        layout: '<{skip}>{time Mon D hh:mm:ss} {skip}server[{pid}]: {message}'
        example: '<129>Aug  1 21:57:41 host server[8]: ready'
      - id: clock
        layout: '[{time hh:mm:ss}] {pointer}={database}/{user} {message}'
        example: '[21:57:22] 0x1=a/b ready'
      - id: csv
        csv: [time, user, pid, level, message, detail]
        time: '{time YYYY-MM-DD hh:mm:ss.S} {zone}'
        also: [detail]
        example: '2025-08-10 21:57:58.763 UTC,"u",33,LOG,"ready",'
    messages:
      - id: ready
        meaning: It is ready.
        pattern: 'ready$'
        event: server.ready
        examples: [{line: '2025-08-10 21:57:58.763 CET [33] LOG:  ready', fields: {}}]
      - id: key
        meaning: The detail of a record.
        levels: [DETAIL]
        pattern: 'Key (?<id>.*) exists'
        event: fault.other
        examples: [{line: '2025-08-10 21:57:58.763 CET [33] DETAIL:  Key 7 exists', fields: {id: '7'}}]
    """

  static let files = [ParserFile(name: "agent.yaml", text: agent), ParserFile(name: "server.yaml", text: server)]

  static var catalogue: ParserCatalogue {
    var catalogue = ParserCatalogue()
    _ = catalogue.load(files)
    return catalogue
  }

  /// A batch of lines, each with the source given before it.
  static func batch(
    _ lines: [(source: Int, text: String)],
    firstArrival: Int = 0,
    program: String? = nil
  ) -> LineBatch {
    var bytes: [UInt8] = []
    var records: [LineRecord] = []
    for (index, line) in lines.enumerated() {
      let text = Array(line.text.utf8)
      records.append(
        LineRecord(
          start: bytes.count,
          length: text.count,
          source: SourceID(line.source),
          number: firstArrival + index + 1,
          program: program == nil ? -1 : 0
        )
      )
      bytes += text + [0x0A]
    }
    return LineBatch(bytes: bytes, lines: records, programs: program.map { [$0] } ?? [], firstArrival: firstArrival)
  }

  /// What a classifier makes of lines of source 0.
  static func classified(_ lines: [String], program: String? = nil) -> Classified {
    var classifier = Classifier(catalogue: catalogue)
    var output = Classified()
    classifier.consume(batch(lines.map { (0, $0) }, program: program), into: &output)
    classifier.finish(into: &output)
    return output
  }
}

extension Classified {
  /// The first source's counts.
  var tally: SourceTally { tallies.first ?? SourceTally() }
}
