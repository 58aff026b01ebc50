import Contract
import Foundation
import Model
import Testing

@testable import Reporting

@Suite("The report as a page")
struct HTMLTests {
  @Test("Style and script are those of the assets, and the policy names them")
  func assets() throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../scripts/generate-page-assets").standardizedFileURL
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script.path, "--check"]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let page = html(.failover)
    #expect(page.contains("style-src 'sha256-\(PageAssets.styleHash)'; script-src 'sha256-\(PageAssets.scriptHash)'"))
    #expect(page.contains("default-src 'none'"))
  }

  @Test("Nothing in a log becomes an element, an attribute or the end of a script", arguments: HostileText.all.indices)
  func hostileText(_ index: Int) throws {
    let text = HostileText.all[index]
    let report = try HostileText.report(with: text)
    let event = PageEvent(
      at: report.incidents[0].startedAt,
      uncertainty: 0,
      source: text,
      line: 1,
      component: text,
      member: text,
      kind: "client.write_failed",
      text: text
    )
    let page = html(report, events: [event])
    let unsafe = page.unicodeScalars.first { $0 != "\n" && VisibleText.isUnsafe($0) }
    #expect(unsafe == nil, "U+\(unsafe.map { String($0.value, radix: 16) } ?? "")")
    #expect(page.matches(of: #/<script/#).count == 2)
    #expect(page.matches(of: #/<\/script/#).count == 2)
    #expect(!page.contains("<img") && !page.contains("<!--"))
    #expect(Self.unknownElements(in: page) == [])
  }

  @Test("Every incident has its section, and several an overview")
  func overview() {
    var report = Report.failover
    report.incidents += report.incidents
    let page = html(report)
    #expect(page.contains("id=\"incident-1\"") && page.contains("id=\"incident-2\""))
    #expect(page.contains("href=\"#incident-2\""))
    #expect(page.matches(of: #/id="lanes-1-outage"/#).count == 1)
  }

  @Test("A mark's shape tells good from bad without colour")
  func shapes() {
    let tones = [MarkTone.good, .bad, .turn, .plain]
    #expect(Set(tones.map(\.shape)).count == tones.count)
  }

  /// Names of elements that the page never writes itself.
  private static func unknownElements(in page: String) -> [String] {
    let known: Set<String> = [
      "html", "head", "meta", "title", "style", "body", "a", "header", "main", "footer", "script", "p", "strong",
      "span",
      "code", "pre", "h1", "h2", "h3", "div", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "ul", "li",
      "br", "button", "svg", "defs", "pattern", "line", "circle", "g", "rect", "text", "path", "details", "summary",
      "section", "label", "input", "article",
    ]
    return page.matches(of: #/<\/?([A-Za-z][^\s>\/]*)/#).map { String($0.output.1) }.filter { !known.contains($0) }
  }
}
