/// What a write outage would have been with other settings.
package struct WhatIf: Codable, Hashable, Sendable {
  package var settings: [WhatIfSetting]
  /// Nil where the log does not allow to say it.
  package var duration: Double?
  /// The true length would have been between `minimum` and `maximum`.
  package var minimum: Double?
  package var maximum: Double?
  /// The waits of the outage as it was and as it would have been; the durations add up to `duration`.
  package var segments: [WhatIfSegment]
  /// What cannot be said, and settings that bound nothing here.
  package var unanswered: [String]
  /// Rules of the components that the settings break.
  package var violations: [String]

  package init(
    settings: [WhatIfSetting],
    duration: Double? = nil,
    minimum: Double? = nil,
    maximum: Double? = nil,
    segments: [WhatIfSegment] = [],
    unanswered: [String] = [],
    violations: [String] = []
  ) {
    self.settings = settings
    self.duration = duration
    self.minimum = minimum
    self.maximum = maximum
    self.segments = segments
    self.unanswered = unanswered
    self.violations = violations
  }

  private enum CodingKeys: String, CodingKey {
    case settings
    case duration = "duration_s"
    case minimum = "min_s"
    case maximum = "max_s"
    case segments
    case unanswered
    case violations
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(settings, forKey: .settings)
    try container.encode(duration, forKey: .duration)
    try container.encode(minimum, forKey: .minimum)
    try container.encode(maximum, forKey: .maximum)
    try container.encode(segments, forKey: .segments)
    try container.encode(unanswered, forKey: .unanswered)
    try container.encode(violations, forKey: .violations)
  }
}

/// A setting with the value that was asked about.
package struct WhatIfSetting: Codable, Hashable, Sendable {
  package var component: String
  package var setting: String
  /// The value that was asked about: `15 s`, `3`, `true`.
  package var value: String
  /// The value that the log shows.
  package var observed: String?

  package init(component: String, setting: String, value: String, observed: String? = nil) {
    self.component = component
    self.setting = setting
    self.value = value
    self.observed = observed
  }

  private enum CodingKeys: String, CodingKey {
    case component
    case setting
    case value
    case observed
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(component, forKey: .component)
    try container.encode(setting, forKey: .setting)
    try container.encode(value, forKey: .value)
    try container.encode(observed, forKey: .observed)
  }
}

/// One wait of an outage, as it was and as it would have been.
package struct WhatIfSegment: Codable, Hashable, Sendable {
  package var waitingFor: String
  /// Its part of the outage as it was; nil if it was not on the critical path.
  package var recorded: Double?
  /// Its part of the outage as it would have been; 0 if it would not have been on the critical path.
  package var duration: Double
  package var minimum: Double
  package var maximum: Double
  package var explanation: String

  package init(
    waitingFor: String,
    recorded: Double? = nil,
    duration: Double,
    minimum: Double,
    maximum: Double,
    explanation: String
  ) {
    self.waitingFor = waitingFor
    self.recorded = recorded
    self.duration = duration
    self.minimum = minimum
    self.maximum = maximum
    self.explanation = explanation
  }

  private enum CodingKeys: String, CodingKey {
    case waitingFor = "waiting_for"
    case recorded = "recorded_s"
    case duration = "duration_s"
    case minimum = "min_s"
    case maximum = "max_s"
    case explanation
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(waitingFor, forKey: .waitingFor)
    try container.encode(recorded, forKey: .recorded)
    try container.encode(duration, forKey: .duration)
    try container.encode(minimum, forKey: .minimum)
    try container.encode(maximum, forKey: .maximum)
    try container.encode(explanation, forKey: .explanation)
  }
}
