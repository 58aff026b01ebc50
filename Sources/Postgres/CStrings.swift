#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Texts as C takes them: an array of pointers, freed with this value.
struct CStrings: ~Copyable {
  private let pointers: UnsafeMutableBufferPointer<UnsafePointer<CChar>?>

  /// Copies the texts; nil becomes a null pointer, and `endsWithNull` adds one.
  init(_ texts: [String?], endsWithNull: Bool = false) {
    pointers = .allocate(capacity: texts.count + (endsWithNull ? 1 : 0))
    _ = pointers.initialize(from: texts.map { $0.flatMap { strdup($0).map { UnsafePointer($0) } } })
    if endsWithNull { pointers.initializeElement(at: texts.count, to: nil) }
  }

  deinit {
    for pointer in pointers { free(UnsafeMutablePointer(mutating: pointer)) }
    pointers.deallocate()
  }

  /// The first pointer; valid as long as this value is.
  var start: UnsafePointer<UnsafePointer<CChar>?>? { UnsafePointer(pointers.baseAddress) }
}
