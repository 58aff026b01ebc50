import Contract
import Model

/// What can take a member's server, container or host away.
struct PrimaryCauses {
  let facts: IncidentFacts

  var hypotheses: [Hypothesis] {
    guard let member = facts.subject else { return [] }
    let signs = LossSigns(of: member, facts: facts)
    return [
      containerStopped(signs), hostLost(signs), outOfMemory(signs), postmasterCrash(signs), backendCrash(signs),
      patroniStalled(signs), patroniStopped(signs), dataLost(signs), postgresStalled(signs),
    ].filter { $0.confidence > 0 }
  }

  private func containerStopped(_ signs: LossSigns) -> Hypothesis {
    let component = facts.observations.isPod(signs.member) ? "kubernetes" : "docker"
    var hypothesis = Hypothesis(.containerStopped, member: signs.member, component: component)
    if let exit = signs.exit, exit.reason != "unit" {
      let code = exit.fields[.code]
      hypothesis.support(
        0.8,
        "\(signs.member)'s container ended\(code.map { " with exit code \($0)" } ?? "").",
        by: [exit]
      )
      if code == "137" || code == "143" {
        hypothesis.support(0.4, "The code says that a signal from outside ended it.")
      }
    }
    if let shutdown = signs.unorderedShutdown {
      hypothesis.support(
        0.55,
        "\(signs.member)'s server was told to stop, and its agent had not asked for that.",
        by: [shutdown]
      )
    }
    if signs.wentSilent, signs.cameBackUnclean {
      hypothesis.support(
        0.4,
        "All of \(signs.member)'s logs end at once and begin again with an unclean start.",
        by: signs.restartLines
      )
    } else if signs.wentSilent {
      hypothesis.support(0.3, "All of \(signs.member)'s logs end at once.", by: [signs.lastLine])
    }
    if signs.memoryKiller != nil { hypothesis.refute(0.5, "The memory killer ended it; the container's end follows.") }
    if signs.isAlive { hypothesis.refute(0.9, "\(signs.member)'s agent went on logging.") }
    if signs.agentOutlivedServer, signs.exit == nil {
      hypothesis.refute(0.8, "\(signs.member)'s agent found its server gone and was there itself.")
    }
    if signs.agentExit != nil {
      hypothesis.refute(0.8, "Its Patroni service ended, and no container's end is shown.")
    } else if signs.exit == nil, signs.agentStopping != nil {
      hypothesis.refute(0.7, "Its Patroni service was stopped, and no container's end is shown.")
    }
    if signs.isContainer == false, signs.exit == nil {
      hypothesis.refute(0.5, "The log is a host's, and no container's end is shown.")
    }
    return hypothesis
  }

  private func hostLost(_ signs: LossSigns) -> Hypothesis {
    var hypothesis = Hypothesis(.hostLost, member: signs.member, component: "host")
    if let line = signs.unreachable {
      hypothesis.support(0.35, "Others could not reach \(signs.member)'s host any more.", by: [line])
    }
    if signs.wentSilent {
      let isHost = signs.isContainer == false
      hypothesis.support(isHost ? 0.45 : 0.3, "All of \(signs.member)'s logs end at once.", by: [signs.lastLine])
      if isHost, signs.cameBackUnclean {
        hypothesis.support(0.3, "They begin again with an unclean start.", by: signs.restartLines)
      }
    }
    if let boot = signs.boot { hypothesis.support(0.6, "\(signs.member)'s host started anew.", by: [boot]) }
    if let exit = signs.exit {
      hypothesis.refute(
        0.6,
        "The container runtime still reported the end of \(exit.fields[.name] ?? signs.member)'s container."
      )
    }
    if signs.agentExit != nil {
      hypothesis.refute(0.8, "The host's service manager still reported the end of Patroni.")
    }
    if signs.unorderedShutdown != nil { hypothesis.refute(0.7, "Its server was shut down in order.") }
    if signs.isAlive { hypothesis.refute(0.9, "\(signs.member)'s agent went on logging.") }
    if signs.agentOutlivedServer { hypothesis.refute(0.8, "\(signs.member)'s agent outlived its server.") }
    return hypothesis
  }

  private func outOfMemory(_ signs: LossSigns) -> Hypothesis {
    var hypothesis = Hypothesis(.outOfMemory, member: signs.member, component: "host")
    if let killer = signs.memoryKiller {
      hypothesis.support(0.9, "The memory killer ended a process on \(signs.member).", by: [killer])
    } else if let own = facts.of(.faultOutOfMemory, member: signs.member).first {
      hypothesis.support(0.5, "\(signs.member)'s server ran out of memory.", by: [own])
    } else {
      hypothesis.refute(0.4, "No line speaks of memory.")
    }
    if signs.exit?.fields[.code] == "137" {
      hypothesis.support(0.15, "Exit code 137 is also what the memory killer leaves.")
    }
    if signs.killedBackend?.fields[.signal] == "9" {
      hypothesis.support(0.25, "Signal 9 is also what the memory killer sends.")
    }
    return hypothesis
  }

  private func postmasterCrash(_ signs: LossSigns) -> Hypothesis {
    var hypothesis = Hypothesis(.postmasterCrash, member: signs.member, component: "postgresql")
    let isAgentThere = signs.isAlive || signs.agentOutlivedServer
    if let down = signs.serverFoundDown, isAgentThere {
      hypothesis.support(
        0.7,
        "\(signs.member)'s agent found its server not running without having stopped it.",
        by: [down]
      )
    }
    if let unclean = signs.uncleanStart, isAgentThere {
      hypothesis.support(0.5, "The server had gone down without a shutdown, while its agent lived.", by: [unclean])
    }
    if let exit = signs.exit {
      if exit.reason == "unit", exit.fields[.signal] != nil {
        hypothesis.support(0.7, "The server's main process was killed.", by: [exit])
      } else {
        hypothesis.refute(0.8, "The whole container ended.")
      }
    }
    if signs.memoryKiller != nil { hypothesis.refute(0.5, "The memory killer ended it.") }
    if signs.killedBackend != nil {
      hypothesis.refute(0.6, "A server process had crashed first; the postmaster ended after it.")
    }
    if let shutdown = signs.anyShutdown, shutdown.at <= (signs.serverFoundDown?.at ?? shutdown.at) {
      hypothesis.refute(0.8, "The server was told to shut down.")
    }
    if !isAgentThere { hypothesis.refute(0.6, "The agent fell silent as well.") }
    return hypothesis
  }

  private func backendCrash(_ signs: LossSigns) -> Hypothesis {
    var hypothesis = Hypothesis(.backendCrash, member: signs.member, component: "postgresql")
    if let killed = signs.killedBackend {
      let signal = killed.fields[.signal].map { " by signal \($0)" } ?? ""
      hypothesis.support(
        0.85,
        "A server process was killed\(signal), and the server cut every session.",
        by: [killed, signs.reset]
      )
    }
    if signs.memoryKiller != nil { hypothesis.refute(0.5, "The memory killer had chosen that process.") }
    if !facts.of(.faultDiskFull, member: signs.member).isEmpty {
      hypothesis.refute(0.5, "The process ended itself because the disk was full.")
    }
    return hypothesis
  }

  private func patroniStalled(_ signs: LossSigns) -> Hypothesis {
    var hypothesis = Hypothesis(.patroniStalled, member: signs.member, component: "patroni")
    guard let stall = facts.agentStall else { return hypothesis }
    hypothesis.support(
      stall.isDead == nil ? 0.55 : 0.85,
      "\(signs.member)'s Patroni said nothing\(length(of: stall)) while its PostgreSQL went on as primary.",
      by: [facts.observations.agents[signs.member]?.lastSign(upTo: stall.silence.from), stall.lifeSign]
    )
    if stall.isDead == true { hypothesis.refute(0.8, "Its Patroni was dead, not frozen.") }
    return hypothesis
  }

  private func length(of stall: AgentStall) -> String {
    stall.silence.seconds.map { " for \(Int($0)) s" } ?? ""
  }

  private func patroniStopped(_ signs: LossSigns) -> Hypothesis {
    var hypothesis = Hypothesis(.patroniStopped, member: signs.member, component: "patroni")
    if let stall = facts.agentStall, stall.isDead != false {
      hypothesis.support(
        stall.isDead == true ? 0.85 : 0.45,
        "\(signs.member)'s Patroni ended\(length(of: stall)) while its PostgreSQL went on as primary.",
        by: [stall.killed, stall.lifeSign]
      )
    }
    if let exit = signs.agentExit {
      let how =
        exit.fields[.signal].map { "was killed by signal \($0)" } ?? "ended with status \(exit.fields[.code] ?? "?")"
      hypothesis.support(0.65, "\(signs.member)'s Patroni \(how).", by: [exit])
    }
    if let stopping = signs.agentStopping, signs.agentExit == nil {
      hypothesis.support(0.6, "\(signs.member)'s Patroni was stopped in order.", by: [stopping])
    }
    if let shutdown = signs.unorderedShutdown {
      hypothesis.support(0.3, "Patroni stops its server when it is stopped itself.", by: [shutdown])
    }
    if let released = signs.released {
      hypothesis.support(0.3, "The leader lock was released, as Patroni does when it stops.", by: [released])
    }
    if signs.isAlive { hypothesis.refute(0.8, "\(signs.member)'s Patroni went on logging.") }
    if signs.agentOutlivedServer { hypothesis.refute(0.7, "\(signs.member)'s Patroni outlived its server.") }
    if signs.memoryKiller != nil { hypothesis.refute(0.4, "The memory killer ended it.") }
    if signs.exit != nil { hypothesis.refute(0.3, "The whole container ended.") }
    return hypothesis
  }

  private func postgresStalled(_ signs: LossSigns) -> Hypothesis {
    var hypothesis = Hypothesis(.postgresStalled, member: signs.member, component: "postgresql")
    let lines = facts.of(.agentServerUnresponsive, member: signs.member)
    if lines.count >= 2 {
      hypothesis.support(
        0.75,
        "\(signs.member)'s server ran but did not answer its own Patroni.",
        by: [lines.first, lines.last]
      )
    }
    if signs.anyShutdown != nil || signs.serverFoundDown != nil || signs.killedBackend != nil {
      hypothesis.refute(0.7, "The server is shown to have gone down.")
    }
    return hypothesis
  }

  private func dataLost(_ signs: LossSigns) -> Hypothesis {
    var hypothesis = Hypothesis(.dataDirectoryLost, member: signs.member, component: "postgresql")
    if let lost = facts.of(.faultDataLost, member: signs.member).first {
      hypothesis.support(0.85, "The data directory is gone or cannot be read.", by: [lost])
    }
    if !facts.of(.faultDataCorrupt, member: signs.member).isEmpty {
      hypothesis.refute(0.5, "Its files are there and damaged.")
    }
    return hypothesis
  }
}
