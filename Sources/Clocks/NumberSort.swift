extension Array {
  /// Puts the elements in the order of a number; those with equal numbers keep theirs.
  ///
  /// Digit by digit, from the last one on: the time that it takes grows with the elements and with the digits in which
  /// their numbers differ. Offsets between clocks differ in few, and putting them in order is most of what comparing
  /// clocks costs.
  @inline(__always)
  mutating func sort(byNumber number: (Element) -> Int64) {
    guard let first else { return }
    var (least, most, previous) = (number(first), number(first), Int64.min)
    var isSorted = true
    for element in self {
      let value = number(element)
      isSorted = isSorted && value >= previous
      (least, most, previous) = (Swift.min(least, value), Swift.max(most, value), value)
    }
    if isSorted { return }
    let base = UInt64(bitPattern: least)
    let widest = UInt64(bitPattern: most) &- base
    var sorted = self
    var shift: UInt64 = 0
    while shift < 64, widest >> shift > 0 {
      distribute(into: &sorted) { element in
        Int(truncatingIfNeeded: (UInt64(bitPattern: number(element)) &- base) >> shift & 0xFF)
      }
      swap(&self, &sorted)
      shift += 8
    }
  }

  /// Copies the elements to another array of this size, in the order of a number below 256.
  @inline(__always)
  private func distribute(into target: inout [Element], by digit: (Element) -> Int) {
    var places = [Int](repeating: 0, count: 256)
    for element in self { places[digit(element)] &+= 1 }
    var next = 0
    for index in places.indices {
      let count = places[index]
      places[index] = next
      next &+= count
    }
    for element in self {
      let digit = digit(element)
      target[places[digit]] = element
      places[digit] &+= 1
    }
  }
}
