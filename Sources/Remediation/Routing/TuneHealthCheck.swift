import Contract

/// Lets the proxy notice a change of the primary sooner, or stops it from changing its mind too often.
enum TuneHealthCheck: RemedyAdvisor {
  static func remedies(in advice: Advice) -> [Remedy] {
    let answered = advice.found(.noServerAvailable, .slowProxyDetection, .proxyFlapping)
    guard !answered.isEmpty else { return [] }
    let isOnlyFlapping = answered == [.proxyFlapping]
    return [
      Remedy(
        code: .tuneHealthCheck,
        urgency: .later,
        summary: isOnlyFlapping
          ? "Let the proxy take a server out after more failed checks, and give each check more time."
          : "Check more often and cut sessions to a server that is taken out: the proxy then follows a new primary "
            + "within two seconds.",
        commands: (isOnlyFlapping ? calm : quick) + ["haproxy -c -f /etc/haproxy/haproxy.cfg"],
        risk: isOnlyFlapping
          ? "A server that is really gone is taken out later."
          : "More requests to Patroni's REST API; with fall 2, two lost packets in a row take a server out.",
        verify: ["in a planned switchover, the time between DOWN and UP in the proxy's log is two seconds or less"],
        answers: answered
      )
    ]
  }

  private static var quick: [String] {
    CommandWriter.configuration(
      "haproxy.cfg, in the backend",
      "option httpchk GET /primary",
      "http-check expect status 200",
      "timeout check 1s",
      "default-server inter 1s fastinter 500ms downinter 1s fall 2 rise 1 on-marked-down shutdown-sessions"
    )
  }

  private static var calm: [String] {
    CommandWriter.configuration(
      "haproxy.cfg, in the backend",
      "timeout check 3s",
      "default-server inter 2s fastinter 1s downinter 1s fall 4 rise 2 on-marked-down shutdown-sessions"
    )
  }
}
