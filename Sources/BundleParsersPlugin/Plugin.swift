import Foundation
import PackagePlugin

/// Compiles `parsers/*.yaml` into one Swift file whenever one of them changes.
@main
struct BundleParsersPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    let directory = context.package.directoryURL.appending(path: "parsers", directoryHint: .isDirectory)
    let output = context.pluginWorkDirectoryURL.appending(path: "BundledParsers+Generated.swift")
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    let files = names.filter { $0.hasSuffix(".yaml") }.sorted().map { directory.appending(path: $0) }
    return [
      .buildCommand(
        displayName: "Compiling parsers",
        executable: try context.tool(named: "ParserCompiler").url,
        arguments: [directory.path, output.path],
        inputFiles: [directory] + files,
        outputFiles: [output]
      )
    ]
  }
}
