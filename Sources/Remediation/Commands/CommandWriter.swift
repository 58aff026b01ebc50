/// Writes commands with the names of this log, so that they can be pasted.
struct CommandWriter {
  let context: AdviceContext

  /// The cluster's name as a word, `CLUSTER` if the log does not tell it.
  var scope: String { ShellWord.word(context.scope, or: "CLUSTER") }

  /// A member's name as a word.
  func name(_ member: String?, or placeholder: String = "MEMBER") -> String {
    ShellWord.word(member, or: placeholder)
  }

  /// `patronictl` with the cluster's configuration, run where a member is up: the leader's place if it is well.
  func patronictl(_ arguments: String) -> String {
    let file = ShellWord.word(context.configurationFile, or: "/etc/patroni.yml")
    let command = "patronictl -c \(file) \(arguments)"
    return host.map { $0.runtime.running(command) } ?? command
  }

  /// The listing that shows whether a repair worked.
  var list: String { patronictl("list \(scope)") }

  /// A change of the dynamic configuration, which holds for the whole cluster.
  func editConfig(_ options: String) -> String {
    patronictl("edit-config \(scope) \(options) --force")
  }

  /// A query on a member's own server, as the superuser.
  func psql(_ query: String, on member: MemberOutlook) -> String {
    member.runtime.runningHere("psql -U postgres -c \(ShellWord.quoted(query))")
  }

  /// The leader, or nil if the log shows none.
  var leader: MemberOutlook? { context.leader.map { context.member($0) } }

  /// Lines of a configuration file, after a comment that names it.
  static func configuration(_ file: String, _ lines: String...) -> [String] {
    ["# \(file):"] + lines
  }

  private var host: MemberOutlook? {
    if context.isLeaderHealthy, let leader { return leader }
    return context.members.first { $0.isAgentAlive && !$0.condition.isStopped }
      ?? context.members.first { !$0.condition.isStopped }
      ?? context.members.first
  }
}
