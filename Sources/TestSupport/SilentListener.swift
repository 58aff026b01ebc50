import Foundation

/// A port of the loopback address that takes connections and never says a word, until this is gone; then it is free.
package final class SilentListener {
  package let port: Int
  private let descriptor: Int32

  /// Begins to listen.
  ///
  /// Throws `PostgresServer.Unavailable` if no port is free.
  package init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0 && listen(descriptor, 64) == 0
      }
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    // A class whose initializer throws once all is set is cleared up by its deinit.
    guard isListening else { throw PostgresServer.Unavailable(reason: "no port is free") }
  }

  deinit {
    close(descriptor)
  }
}
