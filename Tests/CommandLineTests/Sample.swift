/// The incidents in `samples/`.
enum Sample: String, CaseIterable {
  case etcdQuorumLoss = "etcd-quorum-loss"
  case healthy
  case pausedCluster = "paused-cluster"
  case postmasterKilled = "postmaster-killed"
  case seedFailover = "seed-failover"
  case seedRejoinFailed = "seed-rejoin-failed"
  case switchover
}
