import Contract
import Model
import Reporting

extension LiveMessage {
  /// The message as one line to read and to grep, safe to print.
  package var line: String {
    switch self {
    case .event(let event): event.line
    case .phase(let notice): notice.line
    case .incident(let notice): notice.line
    }
  }
}

extension LiveEvent {
  /// Such as `21:57:43.740  pg2:57  patroni  leader.acquired  promoted self to leader …`.
  fileprivate var line: String {
    let correction = revision > 0 ? "(corrected) " : ""
    let place = visible("\(source):\(event.line)").padded(to: 14)
    let component = visible(event.component.name).padded(to: 10)
    return
      "\(at.rfc3339)  \(place)  \(component)  \(event.kind.rawValue.padded(to: 24))  \(correction)\(visible(event.text))"
  }
}

extension PhaseNotice {
  /// Such as `21:57:43.740  PHASE ENDED  detection pg1: 20.0 s`.
  fileprivate var line: String {
    let name = phase.name.rawValue.replacing("_", with: " ") + (phase.member.map { " " + visible($0) } ?? "")
    guard let end = phase.to else { return "\(phase.from.rfc3339)  PHASE BEGAN     \(name)" }
    let length = phase.duration.map { ": \(durationText($0))" } ?? ""
    return "\(end.rfc3339)  PHASE ENDED     \(name)\(length)"
  }
}

extension IncidentNotice {
  fileprivate var line: String {
    let subject = incident.incident
    let at = (action == .closed ? subject.endedAt : nil) ?? subject.startedAt
    let verb = incident.isWithdrawn ? "withdrawn" : action.rawValue
    let cause = subject.rootCause.code == .unknown ? "cause not known" : "cause \(subject.rootCause.code.rawValue)"
    let head = "\(at.rfc3339)  INCIDENT \(verb.uppercased())  \(incident.id) r\(incident.revision)"
    return "\(head)  \(subject.severity.rawValue), \(subject.status.rawValue): \(visible(subject.title)); \(cause)"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
