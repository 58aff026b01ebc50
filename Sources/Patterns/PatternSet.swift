import CPCRE2

/// Compiled patterns that share their match data, each compiled when it is first needed.
///
/// Patterns work on bytes, not on code points: every byte of a line can be matched, whatever its encoding, and no
/// validation precedes a match. They are anchored, have named captures only, and may use one name twice
/// (https://www.pcre.org/current/doc/html/pcre2api.html).
///
/// The set owns C memory and is used by one task at a time, hence a noncopyable value.
package struct PatternSet: ~Copyable {
  private enum Slot {
    case source(String)
    case compiled(OpaquePointer, isNative: Bool)
    case refused(PatternError)
  }

  private var slots: [Slot] = []
  /// The translated patterns, once they are, for a match without detour.
  private var natives: [OpaquePointer?] = []
  private let compileContext: OpaquePointer?
  private let matchContext: OpaquePointer?
  private let matchData: OpaquePointer?
  private let stack: OpaquePointer?
  private let isNative: Bool
  /// The pattern that the captures belong to, or nil after a failed match.
  package private(set) var matched: Int?

  private static let maximumCaptures = 32
  private static let options =
    PCRE2_ANCHORED | UInt32(PCRE2_NO_AUTO_CAPTURE) | UInt32(PCRE2_DUPNAMES) | UInt32(PCRE2_NEVER_UTF)
    | UInt32(PCRE2_NEVER_UCP) | UInt32(PCRE2_NEVER_BACKSLASH_C)

  /// Makes an empty set.
  ///
  /// - Parameters:
  ///   - limits: bounds on the work of each match.
  ///   - isNative: whether patterns are translated to machine code; without, PCRE2 interprets them.
  package init(limits: MatchLimits = .standard, isNative: Bool = true) {
    self.isNative = isNative
    compileContext = pcre2_compile_context_create_8(nil)
    matchContext = pcre2_match_context_create_8(nil)
    matchData = pcre2_match_data_create_8(UInt32(Self.maximumCaptures + 1), nil)
    stack = isNative ? pcre2_jit_stack_create_8(32 * 1024, 512 * 1024, nil) : nil
    pcre2_set_newline_8(compileContext, UInt32(PCRE2_NEWLINE_LF))
    pcre2_set_match_limit_8(matchContext, limits.matches)
    pcre2_set_depth_limit_8(matchContext, limits.depth)
    pcre2_set_heap_limit_8(matchContext, limits.heap)
    if let stack { pcre2_jit_stack_assign_8(matchContext, nil, UnsafeMutableRawPointer(stack)) }
  }

  deinit {
    for case .compiled(let code, _) in slots { pcre2_code_free_8(code) }
    pcre2_jit_stack_free_8(stack)
    pcre2_match_data_free_8(matchData)
    pcre2_match_context_free_8(matchContext)
    pcre2_compile_context_free_8(compileContext)
  }

  /// Adds a pattern without looking at it, and returns its index.
  package mutating func add(_ pattern: String) -> Int {
    slots.append(.source(pattern))
    natives.append(nil)
    return slots.count - 1
  }

  /// Compiles a pattern if that has not been done.
  ///
  /// - Throws: `PatternError` with PCRE2's reason if the pattern is malformed or has too many captures.
  package mutating func prepare(_ index: Int) throws(PatternError) {
    _ = try code(index)
  }

  /// Matches a pattern against the beginning of `text`.
  ///
  /// A pattern that does not compile matches nothing.
  package mutating func match(_ index: Int, in text: Span<UInt8>) -> MatchOutcome {
    matched = nil
    if let code = natives[index] {
      let (data, context) = (matchData, matchContext)
      let status = text.withUnsafeBufferPointer { bytes in
        pcre2_jit_match_8(code, bytes.baseAddress, bytes.count, 0, 0, data, context)
      }
      return outcome(status, index)
    }
    guard let (code, isNative) = try? code(index) else { return .unmatched }
    let status = text.withUnsafeBufferPointer { bytes in
      isNative
        ? pcre2_jit_match_8(code, bytes.baseAddress, bytes.count, 0, 0, matchData, matchContext)
        : pcre2_match_8(code, bytes.baseAddress, bytes.count, 0, 0, matchData, matchContext)
    }
    return outcome(status, index)
  }

  private mutating func outcome(_ status: Int32, _ index: Int) -> MatchOutcome {
    if status >= 0 {
      matched = index
      return .matched
    }
    return status == PCRE2_ERROR_NOMATCH ? .unmatched : .exhausted
  }

  /// The bytes that a group of the last successful match captured, as offsets into its text; nil if it took no part.
  package func capture(_ group: Int) -> Range<Int>? {
    guard matched != nil, group >= 0, group <= Self.maximumCaptures,
      let offsets = pcre2_get_ovector_pointer_8(matchData)
    else { return nil }
    let (start, end) = (offsets[group * 2], offsets[group * 2 + 1])
    guard start != Int.max, start >= 0, start <= end else { return nil }
    return start..<end
  }

  /// The named groups of a pattern, in the order of their names; empty if it does not compile.
  package mutating func captures(of index: Int) -> [(name: String, group: Int)] {
    guard let (code, _) = try? code(index) else { return [] }
    var count: UInt32 = 0
    var entrySize: UInt32 = 0
    var table: UnsafePointer<UInt8>?
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &entrySize)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard let table else { return [] }
    return (0..<Int(count)).map { row in
      let entry = table + row * Int(entrySize)
      return (name: String(cString: entry + 2), group: Int(entry[0]) << 8 | Int(entry[1]))
    }
  }
}

// MARK: - Compilation

extension PatternSet {
  private mutating func code(_ index: Int) throws(PatternError) -> (OpaquePointer, isNative: Bool) {
    switch slots[index] {
    case .compiled(let code, let isNative): return (code, isNative)
    case .refused(let error): throw error
    case .source(let pattern):
      do {
        let code = try compiled(pattern)
        let isTranslated = isNative && pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE)) == 0
        slots[index] = .compiled(code, isNative: isTranslated)
        if isTranslated { natives[index] = code }
        return (code, isTranslated)
      } catch {
        slots[index] = .refused(error)
        throw error
      }
    }
  }

  private borrowing func compiled(_ pattern: String) throws(PatternError) -> OpaquePointer {
    var status: Int32 = 0
    var offset = 0
    var pattern = pattern
    let context = compileContext
    let code = pattern.withUTF8 { text in
      pcre2_compile_8(text.baseAddress, text.count, Self.options, &status, &offset, context)
    }
    guard let code else { throw PatternError(reason: Self.message(for: status), offset: offset) }
    var groups: UInt32 = 0
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &groups)
    guard groups <= Self.maximumCaptures else {
      pcre2_code_free_8(code)
      throw PatternError(reason: "the pattern has more than \(Self.maximumCaptures) captures")
    }
    return code
  }

  private static func message(for status: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(status, &buffer, buffer.count)
    return length > 0 ? String(decoding: buffer[..<Int(length)], as: UTF8.self) : "error \(status)"
  }
}
