import ArgumentParser
import Clocks
import Correlation
import Model

/// The zone of a source's clock, or of every source that has no zone of its own.
struct SourceZone: Hashable {
  /// A source's name, or `*`.
  var source: String
  var zone: String
}

/// Reads the values of options; what is wrong with them is said with an example of what is right.
enum OptionValues {
  static func instant(_ text: String) throws -> Instant {
    guard let instant = Instant(rfc3339: text) else {
      throw ValidationError("Write a time as 2026-11-23T01:54:00Z or '2026-11-23 01:54'")
    }
    return instant
  }

  static func zone(_ text: String) throws -> SourceZone {
    let equals = text.lastIndex(of: "=")
    let source = equals.map { String(text[..<$0]) } ?? "*"
    let zone = equals.map { String(text[text.index(after: $0)...]) } ?? text
    guard !source.isEmpty, ClockOptions.isZone(zone) else {
      throw ValidationError(
        "Write a zone as pg1=Europe/Berlin, pg1=+02:00 or UTC; a name must be one that this machine knows"
      )
    }
    return SourceZone(source: source, zone: zone)
  }

  static func year(_ text: String) throws -> Int {
    guard let year = Int(text), (1990...9999).contains(year) else {
      throw ValidationError("Write a year with four digits, such as 2026")
    }
    return year
  }

  static func seconds(_ text: String) throws -> Double {
    guard let seconds = Double(text), seconds >= 0, seconds <= 1e9 else {
      throw ValidationError("Write seconds as a number, such as 30")
    }
    return seconds
  }

  /// Settings with other values, such as `patroni.ttl=15,haproxy.inter=1s`.
  static func hypotheses(_ text: String) throws -> [HypotheticalSetting] {
    do {
      return try HypotheticalSetting.list(text)
    } catch {
      throw ValidationError(error.message)
    }
  }

  static func threads(_ text: String) throws -> Int {
    guard let threads = Int(text), (1...2).contains(threads) else { throw ValidationError("Write 1 or 2") }
    return threads
  }

  static func width(_ text: String) throws -> Int {
    guard let width = Int(text), (40...10_000).contains(width) else {
      throw ValidationError("Write a number of columns, at least 40")
    }
    return width
  }
}
