import Clocks
import Model
import Reporting

extension TimedEvent {
  /// The event as a JSON object; what is not known is `null`.
  func json(source: String, member: String?) -> JSONValue {
    .object([
      JSONMember("at", .string(at.rfc3339)),
      JSONMember("uncertainty_s", .number(uncertainty)),
      JSONMember("source", .string(source)),
      JSONMember("line", .integer(event.line)),
      JSONMember("member", member.map(JSONValue.string) ?? .null),
      JSONMember("component", .string(event.component.name)),
      JSONMember("role", .string(event.component.role.rawValue)),
      JSONMember("kind", .string(event.kind.rawValue)),
      JSONMember("message", .string(event.message)),
      JSONMember("level", event.level.map { .string($0.name) } ?? .null),
      JSONMember("pid", event.processID.map(JSONValue.integer) ?? .null),
      JSONMember("fields", .object(event.fields.all.map { JSONMember($0.field.rawValue, .string($0.value)) })),
      JSONMember("text", .string(event.text)),
    ])
  }
}
