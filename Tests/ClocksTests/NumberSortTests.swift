import Testing

@testable import Clocks

@Suite struct NumberSortTests {
  /// Numbers that differ in few digits, in all, and that end where there are no more.
  static let ranges: [ClosedRange<Int64>] = [
    0...3, -300...300, -70_000...1_000_000, 1_700_000_000_000...1_700_000_900_000, .min ... .max,
  ]

  @Test(arguments: ranges, [0, 1, 2, 3, 40, 1000]) func putsNumbersInOrder(_ range: ClosedRange<Int64>, count: Int) {
    let scattered = (0..<count).map { number(UInt64($0) &* 0x9E37_79B9_7F4A_7C15, in: range) }
    let numbers = scattered + [range.upperBound, range.lowerBound]
    var sorted = numbers
    sorted.sort(byNumber: { $0 })
    #expect(sorted == numbers.sorted())
  }

  private func number(_ scatter: UInt64, in range: ClosedRange<Int64>) -> Int64 {
    let width = UInt64(bitPattern: range.upperBound &- range.lowerBound)
    return range.lowerBound &+ Int64(bitPattern: width == .max ? scatter : scatter % (width + 1))
  }

  @Test func keepsTheOrderOfEquals() {
    var elements = (0..<2000).map { (number: Int64($0 * 7919 % 13 - 6), place: $0) }
    elements.sort(byNumber: { $0.number })
    let isOrdered = zip(elements, elements.dropFirst()).allSatisfy { ($0.number, $0.place) < ($1.number, $1.place) }
    #expect(isOrdered)
    #expect(Set(elements.map(\.place)).count == 2000)
  }

  @Test func leavesWhatIsInOrder() {
    var numbers: [Int64] = [.min, -1, -1, 0, 5, .max]
    numbers.sort(byNumber: { $0 })
    #expect(numbers == [.min, -1, -1, 0, 5, .max])
  }
}
