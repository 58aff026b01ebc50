import Foundation

/// Prints lines to standard error and ends the program with status 1.
func exit(saying lines: [String]) -> Never {
  FileHandle.standardError.write(Data((lines.joined(separator: "\n") + "\n").utf8))
  exit(1)
}

/// Saves a file, unless it already has this text, so that nothing is compiled anew without need.
func save(_ text: String, to path: String) {
  let data = Data(text.utf8)
  if FileManager.default.contents(atPath: path) == data { return }
  guard FileManager.default.createFile(atPath: path, contents: data) else {
    exit(saying: ["\(path): error: the file cannot be written"])
  }
}
