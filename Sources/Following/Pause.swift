#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Lets the thread sleep.
func pause(milliseconds: UInt32) {
  _ = usleep(milliseconds * 1000)
}
