/// The states of all sources, each at an address of its own, so that a line does not have to ask who else holds them.
struct SourceStates: ~Copyable {
  private var base = UnsafeMutablePointer<SourceState>.allocate(capacity: 16)
  private var capacity = 16
  private(set) var count = 0
  private let folding: RoutineFolding

  init(_ folding: RoutineFolding) {
    self.folding = folding
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  var indices: Range<Int> { 0..<count }

  /// Makes sure that a source has a state.
  @inline(__always)
  mutating func require(_ source: Int) {
    if source >= count { grow(to: source + 1) }
  }

  @inline(never)
  private mutating func grow(to newCount: Int) {
    if newCount > capacity {
      let larger = max(newCount, capacity * 2)
      let moved = UnsafeMutablePointer<SourceState>.allocate(capacity: larger)
      moved.moveInitialize(from: base, count: count)
      base.deallocate()
      base = moved
      capacity = larger
    }
    (base + count).initialize(repeating: SourceState(folding), count: newCount - count)
    count = newCount
  }

  /// The state of a source, which exists.
  subscript(source: Int) -> SourceState {
    // An address, not a coroutine: where one of those is not inlined, it copies the whole state, and the copy is let go of
    // before what was read from it is used.
    @inline(__always)
    unsafeAddress {
      precondition(source >= 0 && source < count)
      return UnsafePointer(base + source)
    }
    @inline(__always)
    unsafeMutableAddress {
      precondition(source >= 0 && source < count)
      return base + source
    }
  }
}
