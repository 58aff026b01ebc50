import Model

extension StoryWords {
  /// What clients met.
  static let clientSentences: [EventKind: String] = [
    .clientWriteFailed: "write fails: {error}",
    .clientReadFailed: "read fails: {error}",
    .clientRestored: "client works again[ after {count} failures]",
  ]

  /// Proxy and pooler.
  static let routingSentences: [EventKind: String] = [
    .proxyServerDown: "proxy takes {backend}/{server} out[ ({status})]",
    .proxyServerUp: "proxy takes {backend}/{server} in",
    .proxyNoServer: "proxy has no server in {backend}",
    .proxyStarting: "proxy starts",
    .proxyStopping: "proxy stops",
    .proxyWorkerDied: "a process of the proxy dies[ by signal {signal}]",
    .proxyCheckFailed: "proxy's check of {backend}/{server} fails[ ({status})]",
    .proxyAddressChanged: "proxy finds {backend}/{server} at a new address[, {address}]",
    .poolerServerConnected: "pooler connects to its server[ at {peer}]",
    .poolerServerClosed: "pooler loses a server connection[: {because}][, {age_s} s old]",
    .poolerClientFailed: "pooler sends clients away[: {because}]",
    .poolerLoginFailed: "pooler's login is turned away",
    .poolerStarting: "pooler starts",
    .poolerStopping: "pooler stops",
    .poolerPaused: "pooler is paused[ ({action})]",
  ]

  /// Containers, units and hosts.
  static let runtimeSentences: [EventKind: String] = [
    .runtimeExited: "{name|who}'s container or unit ends[ with exit code {code}]",
    .runtimeStateChanged: "{name|who} is {state}",
    .runtimeStoppingAll: "somebody stops all containers",
  ]

  /// What tools list.
  static let listingSentences: [EventKind: String] = [
    .clusterMemberListed: "listed: {who|member} is {role}, {state}[, timeline {timeline}]",
    .clusterHistoryListed: "listed: timeline {timeline} ended[ at {lsn}]",
    .clusterMaintenanceListed: "listed: automatic failover is off",
    .clusterChangeScheduled: "listed: a {action} is due[ at {time}]",
  ]
}
