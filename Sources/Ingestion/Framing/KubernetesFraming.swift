import Model

/// `kubectl logs --prefix` and stern, which name the pod and the container of each line.
enum KubernetesFraming {
  /// `[pod/pg-cluster-0/postgres] …`, with `--timestamps` followed by a time.
  static func kubectl(_ bytes: Span<UInt8>, _ line: LineCursor, _ stamps: inout StampReader) -> Recognition? {
    var cursor = line
    guard cursor.skip("[pod/", bytes) else { return nil }
    let first = cursor.at
    var slashes = 0
    while !cursor.isAtEnd, cursor.peek(bytes).isNameByte || cursor.peek(bytes) == UInt8(ascii: "/") {
      if cursor.peek(bytes) == UInt8(ascii: "/") { slashes += 1 }
      cursor.at += 1
    }
    let name = first..<cursor.at
    guard slashes == 1, name.count <= 512, cursor.skip(UInt8(ascii: "]"), bytes),
      cursor.isAtEnd || cursor.skip(.blank, bytes)
    else { return nil }
    let outer = ComposeFraming.collectorTime(bytes, &cursor, &stamps)
    return Recognition(
      framing: .kubectl,
      nameKind: .pod,
      name: name,
      payload: cursor.at..<cursor.end,
      outer: outer
    )
  }

  /// `pg-cluster-0 postgres …`, which only repetition or an announcement tells from two words of a sentence.
  static func stern(
    _ bytes: Span<UInt8>,
    _ line: LineCursor,
    _ stamps: inout StampReader,
    _ familiar: inout FamiliarNames,
    isCurrent: Bool
  ) -> Recognition? {
    var cursor = line
    let pod = cursor.word(bytes)
    guard isObjectName(bytes, pod), cursor.skip(.blank, bytes) else { return nil }
    let container = cursor.word(bytes)
    guard isObjectName(bytes, container), cursor.isAtEnd || cursor.skip(.blank, bytes) else { return nil }
    let name = pod.lowerBound..<container.upperBound
    if !familiar.knowsPod(bytes, name) {
      // Two words before a date may be a sentence: a pod's name has a hyphen or a digit as well.
      guard LineShape.looksLikeRecord(bytes, cursor.at, cursor.end), isComposite(bytes, pod),
        familiar.acceptsPod(bytes, name, isProven: isCurrent || hasReplicaSuffix(bytes, pod))
      else { return nil }
    }
    let outer = ComposeFraming.collectorTime(bytes, &cursor, &stamps)
    return Recognition(
      framing: .stern,
      nameKind: .pod,
      name: name,
      payload: cursor.at..<cursor.end,
      outer: outer
    )
  }

  /// `+ pg-cluster-0 › postgres`: stern tells of a container that it follows from now on (`-`: no longer).
  static func sternAnnouncement(_ bytes: Span<UInt8>, _ line: LineCursor) -> (pod: Range<Int>, container: Range<Int>)? {
    var cursor = line
    guard cursor.skip("+ ", bytes) || cursor.skip("- ", bytes) else { return nil }
    let pod = cursor.word(bytes)
    guard isObjectName(bytes, pod), cursor.skip(" › ", bytes) || cursor.skip(" > ", bytes) else { return nil }
    let container = cursor.word(bytes)
    guard isObjectName(bytes, container) else { return nil }
    return (pod, container)
  }

  /// Lower-case letters, digits, hyphens and points, as Kubernetes demands of names.
  private static func isObjectName(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Bool {
    guard (1...253).contains(word.count), bytes[word.lowerBound].isLetter || bytes[word.lowerBound].isDigit else {
      return false
    }
    for position in word {
      let byte = bytes[position]
      let isAllowed = byte &- 0x61 < 26 || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      if !isAllowed { return false }
    }
    return true
  }

  private static func isComposite(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Bool {
    for position in word where !bytes[position].isLetter && bytes[position] != UInt8(ascii: ".") { return true }
    return false
  }

  /// Whether the pod's name ends as a controller makes it: `-0`, or a hash of five characters.
  private static func hasReplicaSuffix(_ bytes: Span<UInt8>, _ pod: Range<Int>) -> Bool {
    var dash = pod.upperBound
    while dash > pod.lowerBound, bytes[dash - 1] != UInt8(ascii: "-") { dash -= 1 }
    guard dash > pod.lowerBound + 1 else { return false }
    let suffix = dash..<pod.upperBound
    var digits = 0
    for position in suffix where bytes[position].isDigit { digits += 1 }
    return digits > 0 && (digits == suffix.count || suffix.count == 5)
  }
}
