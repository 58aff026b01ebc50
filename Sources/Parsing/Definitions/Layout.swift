import Model

/// The shape of a line or of a time value: literal text with parts in braces.
///
///     {time YYYY-MM-DD hh:mm:ss,S} {level}: {message}
package struct Layout: Hashable, Sendable {
  /// The layout as written.
  package var text: String
  var parts: [LayoutPart]

  /// Reads the layout of a line, which ends in `{message}`.
  package init(line text: String) throws(LayoutError) {
    try self.init(text)
    guard parts.last == .message else {
      throw LayoutError(reason: "the layout does not end in {message}", offset: text.utf8.count)
    }
  }

  /// Reads the layout of a time value, which has no `{message}`.
  package init(time text: String) throws(LayoutError) {
    try self.init(text)
    let allowed = parts.allSatisfy { part in
      switch part {
      case .literal, .blanks, .time, .zone, .epoch: true
      case .level, .pid, .skip, .field, .message: false
      }
    }
    guard allowed, !parts.isEmpty else {
      throw LayoutError(reason: "a time value has only {time …}, {epoch}, {zone} and literal text", offset: 0)
    }
  }

  private init(_ text: String) throws(LayoutError) {
    self.text = text
    var reader = LayoutReader(text)
    parts = try reader.parts()
  }
}

/// Why a layout cannot be used.
package struct LayoutError: Error, Hashable, Sendable {
  package var reason: String
  /// Byte offset into the layout.
  package var offset: Int
}

/// One part of a layout.
enum LayoutPart: Hashable, Sendable {
  case literal([UInt8])
  /// One or more blanks or tabs.
  case blanks
  case time([TimePart])
  case epoch
  case zone
  case level
  case pid
  case skip
  case field(Field)
  case message
}

/// One part of a printed time.
enum TimePart: Hashable, Sendable {
  case year
  case month
  case monthName
  case day
  /// A day with or without a leading zero or blank.
  case looseDay
  case hour
  case minute
  case second
  /// One or more digits of a fraction of a second.
  case fraction
  /// The given byte and a fraction, or nothing.
  case optionalFraction(UInt8)
  case literal(UInt8)
}
