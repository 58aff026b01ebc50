/// What a member's programs run in, and with it how a command is brought to them.
package enum Runtime: Hashable, Sendable {
  /// On a host under systemd; commands are typed there.
  case host(String)
  /// In a container with this name.
  case container(String)
  /// In the container of a compose service, whose full name has the project in it.
  case composeService(String)
  /// In a pod.
  case pod(String)

  /// The command, run where the member is.
  func running(_ command: String) -> String {
    switch self {
    case .host: command
    case .container(let name): "docker exec \(ShellWord.word(name, or: "CONTAINER")) \(command)"
    case .composeService(let name): "docker compose exec \(ShellWord.word(name, or: "SERVICE")) \(command)"
    case .pod(let name): "kubectl exec \(ShellWord.word(name, or: "POD")) -- \(command)"
    }
  }

  /// A command that only makes sense on this member; on hosts a comment says which one.
  func runningHere(_ command: String) -> String {
    guard case .host(let name) = self else { return running(command) }
    return "\(command)  # on \(ShellWord.word(name, or: "HOST"))"
  }

  /// A script with pipes or expansions that only makes sense on this member.
  func runningScript(_ script: String) -> String {
    guard case .host = self else { return running("sh -c \(ShellWord.quoted(script))") }
    return runningHere(script)
  }

  /// What starts the member's programs again; in Kubernetes the controller does, and the command shows why it does not.
  var startCommand: String {
    switch self {
    case .host: runningHere("sudo systemctl start patroni")
    case .container(let name): "docker start \(ShellWord.word(name, or: "CONTAINER"))"
    case .composeService(let name): "docker compose up --detach \(ShellWord.word(name, or: "SERVICE"))"
    case .pod(let name): "kubectl describe pod \(ShellWord.word(name, or: "POD"))"
    }
  }

  /// What stops the member's programs and keeps them stopped.
  var stopCommand: String {
    switch self {
    case .host: runningHere("sudo systemctl stop patroni")
    case .container(let name): "docker stop \(ShellWord.word(name, or: "CONTAINER"))"
    case .composeService(let name): "docker compose stop \(ShellWord.word(name, or: "SERVICE"))"
    case .pod(let name): "kubectl delete pod \(ShellWord.word(name, or: "POD"))"
    }
  }

  /// What restarts the agent.
  var restartCommand: String {
    switch self {
    case .host: runningHere("sudo systemctl restart patroni")
    case .container(let name): "docker restart \(ShellWord.word(name, or: "CONTAINER"))"
    case .composeService(let name): "docker compose restart \(ShellWord.word(name, or: "SERVICE"))"
    case .pod(let name): "kubectl delete pod \(ShellWord.word(name, or: "POD"))"
    }
  }

  /// What fetches the member's log with a collector's time on each line.
  var logCommand: String {
    switch self {
    case .host(let name):
      "journalctl --unit patroni --output short-iso-precise --since SINCE --until UNTIL > \(file(name))"
        + "  # on \(ShellWord.word(name, or: "HOST"))"
    case .container(let name): "docker logs --timestamps \(ShellWord.word(name, or: "CONTAINER")) > \(file(name)) 2>&1"
    case .composeService(let name):
      "docker compose logs --timestamps --no-color \(ShellWord.word(name, or: "SERVICE")) > \(file(name))"
    case .pod(let name): "kubectl logs --timestamps --all-containers \(ShellWord.word(name, or: "POD")) > \(file(name))"
    }
  }

  private func file(_ name: String) -> String {
    ShellWord.word(name.contains("/") ? nil : name + ".log", or: "MEMBER.log")
  }
}
