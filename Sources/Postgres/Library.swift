import CLibpq
import Synchronization

/// libpq, the client library of PostgreSQL, as this machine has it.
///
/// It is loaded here and not linked: who only reads logs needs no libpq and does not wait for it and for OpenSSL to be loaded.
package final class Library: Sendable {
  #if canImport(Darwin)
    private static let file = "libpq.5.dylib"
  #else
    private static let file = "libpq.so.5"
  #endif

  /// The functions, under libpq's own names.
  ///
  /// They are written once, when the library is loaded.
  nonisolated(unsafe) let functions: UnsafePointer<libpq>
  /// How many requests to cancel wait for a server.
  let cancellationsUnderWay = Mutex(0)

  /// Loads libpq, where the system's loader finds it.
  ///
  /// Throws `PostgresError.libraryMissing`.
  package init() throws(PostgresError) {
    var reason = [CChar](repeating: 0, count: 512)
    guard let functions = libpq_load(Self.file, &reason, reason.count) else {
      throw .libraryMissing(reason: Self.text(reason))
    }
    self.functions = functions
  }

  deinit {
    libpq_free(functions)
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
