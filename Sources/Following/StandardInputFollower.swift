/// Reads a pipe as far as it is filled.
package struct StandardInputFollower {
  package static let descriptor: Int32 = 0
  private let blockSize: Int
  private var isFinished = false

  package init(blockSize: Int = 64 * 1024) {
    self.blockSize = blockSize
  }

  /// The descriptor to wait for; none after the end.
  package var descriptors: [Int32] { isFinished ? [] : [Self.descriptor] }

  /// Reads a block; to be called when the descriptor has something.
  package mutating func read() -> [FollowerEvent] {
    let input = Descriptor(owning: Self.descriptor)
    guard let bytes = input.read(upTo: blockSize) else { return [.paused] }
    guard bytes.isEmpty else { return [.bytes(bytes)] }
    isFinished = true
    return [.finished]
  }
}
