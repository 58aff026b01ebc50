/// `raw` as text that is safe to print: control and format characters become a visible notation such as `\x1b`.
package func visible(_ raw: String) -> String {
  VisibleText(raw).text
}
