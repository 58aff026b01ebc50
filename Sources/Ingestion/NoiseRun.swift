package import CByteScan
package import Model

/// How the lines of a source begin that say nothing of consequence, and with which messages they go on.
///
/// Whoever parses the lines finds that out and tells it to the reader, which then counts further lines of the kind instead of
/// handing each one on.
package struct NoiseLesson: Sendable {
  package var source: SourceID
  package var head: NoiseHead
  /// The beginning to compare lines with, and the messages, all of them noise whatever follows.
  package var opening: line_opening

  package init(source: SourceID, head: NoiseHead, opening: line_opening) {
    self.source = source
    self.head = head
    self.opening = opening
  }
}

/// Under which head the lines of a run stand; the numbers are the teacher's.
package struct NoiseHead: Sendable {
  package var head: Int16
  package var level: Int32
  package var component: Int
  /// What the head reads at midnight of the day that the lines print.
  package var midnight: Stamp

  package init(head: Int16, level: Int32, component: Int, midnight: Stamp) {
    self.head = head
    self.level = level
    self.component = component
    self.midnight = midnight
  }
}

/// Lines of one source that follow each other directly and were found to be noise.
package struct NoiseRun: Sendable {
  package var source: SourceID
  /// Index into `LineBatch.programs`, as in `LineRecord`; -1 if there is none.
  package var program: Int32
  package var head: NoiseHead
  /// How many of `LineBatch.lines` come before.
  package var position: Int
  /// Which of `LineBatch.noise` they are.
  package var lines: Range<Int>
  /// 1-based line number of the first in its own input file.
  package var number: Int

  package init(
    source: SourceID,
    program: Int32 = -1,
    head: NoiseHead,
    position: Int,
    lines: Range<Int>,
    number: Int
  ) {
    self.source = source
    self.program = program
    self.head = head
    self.position = position
    self.lines = lines
    self.number = number
  }
}
