import ArgumentParser

/// The program: what it is, its commands, and the help that goes for all of them.
struct Failscope: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "failscope",
    abstract: "Explains what happened to a PostgreSQL high-availability cluster, from its logs.",
    usage: """
      failscope [<options>] [<path> ...]
      failscope <subcommand> ...
      """,
    discussion: """
      failscope reads the logs of Patroni, PostgreSQL, etcd, HAProxy and PgBouncer, puts them on one time axis, and \
      says what failed, for how long writes failed, why, whether data was lost, and what to do. It reads and never acts; \
      only 'monitor' and 'check' connect to a database.

      EXAMPLES:
        docker compose logs --no-color | failscope
        failscope analyze incident.log
        failscope analyze pg1.log pg2.log haproxy.log --timezone Europe/Berlin
        failscope analyze /var/log/cluster --since '2026-11-23 01:50'
        failscope analyze incident.log --format json | jq '.incidents[].title'
        docker compose logs --follow --timestamps | failscope tail
        failscope events incident.log --kind leader | tail
        failscope explain timeline_split
        failscope check --report incident.json --patroni pg2:8008
        failscope monitor --dsn 'host=haproxy user=app dbname=shop' | tee monitor.log
        failscope --generate-completion-script bash > failscope.bash

      \(ExitStatus.table)

      ENVIRONMENT AND FILES:
        NO_COLOR, TERM=dumb         no colour
        COLUMNS                     width of a report that does not go to a terminal
        ~/.config/failscope/parsers your own parser files, always read; below
                                    $XDG_CONFIG_HOME if that is set
      """,
    version: Version.current,
    subcommands: [
      AnalyzeCommand.self,
      TailCommand.self,
      EventsCommand.self,
      ParsersCommand.self,
      ExplainCommand.self,
      SchemaCommand.self,
      DiffCommand.self,
      StatsCommand.self,
      BundleCommand.self,
      MonitorCommand.self,
      CheckCommand.self,
    ],
    defaultSubcommand: AnalyzeCommand.self
  )

  /// What somebody reads who types only the program's name.
  static let shortHelp = """
    failscope explains what happened to a PostgreSQL high-availability cluster, from its logs.

      docker compose logs --no-color | failscope     read a pipe
      failscope analyze pg1.log pg2.log haproxy.log  read files, directories, .gz and .zst
      failscope tail --compose                       watch while it happens
      failscope events incident.log                  print the merged timeline
      failscope explain timeline_split               say what a word of a report means
      failscope monitor --dsn 'host=… user=…'        write and read as a client, and say what came of it
      failscope --help                               tell all commands and options

    """
}
