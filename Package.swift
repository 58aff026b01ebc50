// swift-tools-version: 6.2
import PackageDescription

// MARK: - Settings shared by every Swift target

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// Tests and debug builds spend their time in these modules: optimized, they read a log five times as fast.
let optimized: [SwiftSetting] = settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let subprocess: [Target.Dependency] = [
  .product(name: "Subprocess", package: "swift-subprocess"), .product(name: "SystemPackage", package: "swift-system"),
]

// MARK: - Manifest

let package = Package(
  name: "failscope",
  products: [
    .executable(name: "failscope", targets: ["failscope"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/pointfreeco/swift-custom-dump", from: "1.7.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // MARK: System libraries and C headers
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .target(name: "CByteScan"),
    // libpq's header is needed here, its library only when it is loaded: see docs/decisions.md.
    .target(name: "CLibpq", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),

    // MARK: From bytes to report, in the direction that data flows
    .target(name: "Model", swiftSettings: optimized),
    .target(name: "Contract", dependencies: ["Model"], swiftSettings: optimized),
    .target(name: "Patterns", dependencies: ["CPCRE2"], swiftSettings: optimized),
    .target(name: "Ingestion", dependencies: ["Model", "CByteScan", "CZlib", "CZstd"], swiftSettings: optimized),
    .target(
      name: "Parsing",
      dependencies: ["Model", "Patterns", "Ingestion", "CByteScan", .product(name: "Yams", package: "Yams")],
      swiftSettings: optimized
    ),
    .target(name: "BundledParsers", swiftSettings: settings, plugins: ["BundleParsersPlugin"]),
    .target(name: "Clocks", dependencies: ["Model", "Contract"], swiftSettings: optimized),
    .target(name: "Correlation", dependencies: ["Model", "Clocks", "Contract"], swiftSettings: optimized),
    .target(name: "Remediation", dependencies: ["Model", "Contract", "Correlation"], swiftSettings: settings),
    .target(
      name: "Reporting",
      dependencies: ["Model", "Contract"],
      exclude: ["HTML/Assets"],
      swiftSettings: settings
    ),
    .target(name: "Comparison", dependencies: ["Contract", "Model"], swiftSettings: settings),
    .target(name: "Redaction", dependencies: ["Contract", "Reporting"], swiftSettings: settings),
    .target(name: "Bundling", dependencies: ["Contract", "Model", "Reporting", "CZstd"], swiftSettings: settings),
    .target(
      name: "Analyzer",
      dependencies: [
        "Model", "Contract", "Ingestion", "Parsing", "BundledParsers", "Clocks", "Correlation", "Remediation",
      ],
      swiftSettings: optimized
    ),

    .target(
      name: "Checking",
      dependencies: ["Model", "Contract", "Remediation"],
      swiftSettings: settings
    ),

    // MARK: While it happens
    .target(name: "Following", dependencies: ["Ingestion"], swiftSettings: settings),
    .target(
      name: "Live",
      dependencies: ["Model", "Contract", "Ingestion", "Parsing", "Clocks", "Correlation", "Analyzer", "Reporting"],
      swiftSettings: settings
    ),
    .target(name: "LiveView", dependencies: ["Model", "Contract", "Reporting", "Live"], swiftSettings: settings),
    .target(
      name: "Delivery",
      dependencies: ["Model", "Contract", "Reporting", "Live", "WebClient"] + subprocess,
      swiftSettings: settings
    ),
    .target(name: "WebClient", dependencies: subprocess, swiftSettings: settings),
    .target(
      name: "Metrics",
      dependencies: [
        "Contract", .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      swiftSettings: settings
    ),

    // MARK: Asking servers
    .target(name: "Postgres", dependencies: ["CLibpq"], swiftSettings: settings),
    .target(name: "Monitoring", dependencies: ["Model", "Postgres", "Reporting"], swiftSettings: settings),
    .target(
      name: "Probing",
      dependencies: ["Model", "Checking", "Postgres", "WebClient"],
      swiftSettings: settings
    ),

    // MARK: Programs
    .executableTarget(
      name: "failscope",
      dependencies: [
        "Model", "Contract", "Ingestion", "Parsing", "BundledParsers", "Clocks", "Correlation", "Analyzer",
        "Reporting", "Comparison", "Redaction", "Bundling", "Following", "Live", "LiveView", "Delivery", "Metrics",
        "Postgres", "Monitoring", "Checking", "Probing",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings
    ),
    .executableTarget(name: "ParserCompiler", dependencies: ["Model", "Parsing"], swiftSettings: settings),
    .plugin(
      name: "BundleParsersPlugin",
      capability: .buildTool(),
      dependencies: ["ParserCompiler"],
      path: "Sources/BundleParsersPlugin"
    ),

    // MARK: Tests
    .testTarget(
      name: "AnalyzerTests",
      dependencies: ["Analyzer", "BundledParsers", "Clocks", "Contract", "Ingestion", "Model", "Parsing"],
      swiftSettings: settings
    ),
    .testTarget(name: "BundlingTests", dependencies: ["Bundling", "Contract", "Model"], swiftSettings: settings),
    .testTarget(
      name: "CheckingTests",
      dependencies: ["Checking", "Contract", "Model", "Remediation"],
      swiftSettings: settings
    ),
    .testTarget(name: "ClocksTests", dependencies: ["Clocks", "Contract", "Model"], swiftSettings: settings),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["failscope", "Contract", "Ingestion", "Model", "TestSupport"],
      exclude: ["Golden"],
      swiftSettings: settings
    ),
    .testTarget(name: "ComparisonTests", dependencies: ["Comparison", "Contract", "Model"], swiftSettings: settings),
    .testTarget(
      name: "CorrelationTests",
      dependencies: ["Correlation", "Analyzer", "Clocks", "Contract", "Model", "TestSupport"],
      exclude: ["Scenarios"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "DeliveryTests",
      dependencies: [
        "Delivery", "Live", "Analyzer", "BundledParsers", "Contract", "Ingestion", "Model", "Parsing", "Reporting",
        "TestSupport", .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "FlyingSocks", package: "FlyingFox"),
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "FollowingTests",
      dependencies: ["Following", "Ingestion", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(name: "IngestionTests", dependencies: ["Ingestion", "Model"], swiftSettings: settings),
    .testTarget(
      name: "LiveTests",
      dependencies: [
        "Live", "LiveView", "Analyzer", "BundledParsers", "Clocks", "Contract", "Ingestion", "Model", "Parsing",
        "Reporting",
        "TestSupport",
      ],
      exclude: ["Golden"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "MetamorphicTests",
      dependencies: ["Analyzer", "Ingestion", "Parsing", "Contract", "Model", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(name: "MetricsTests", dependencies: ["Metrics", "Contract"], swiftSettings: settings),
    .testTarget(
      name: "MonitoringTests",
      dependencies: ["Monitoring", "Postgres"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "ParsingTests",
      dependencies: ["Parsing", "Patterns", "Ingestion", "Model"],
      swiftSettings: settings
    ),
    .testTarget(name: "PatternsTests", dependencies: ["Patterns"], swiftSettings: settings),
    .testTarget(name: "PostgresTests", dependencies: ["Postgres"], swiftSettings: settings),
    .testTarget(
      name: "ProbingTests",
      dependencies: ["failscope", "Checking", "Contract", "Model", "Postgres", "Probing", "Reporting", "TestSupport"],
      exclude: ["Clusters"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "RedactionTests",
      dependencies: [
        "Redaction", "Analyzer", "Contract", "Ingestion", "Model", "Parsing", "Reporting", "TestSupport",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "RemediationTests",
      dependencies: ["Remediation", "Correlation", "Clocks", "Contract", "Model"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Reporting", "Contract", "Model"],
      exclude: ["Golden"],
      swiftSettings: settings
    ),
    .target(
      name: "TestSupport",
      dependencies: ["Analyzer", "Contract", "Model"],
      swiftSettings: settings
    ),
  ]
)

// MARK: - Benchmarks of the stages, for those who ask for them (`make stages`): nobody else has to fetch their package

if Context.environment["FAILSCOPE_BENCHMARKS"] != nil {
  package.dependencies.append(.package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: []))
  package.targets.append(
    .executableTarget(
      name: "Stages",
      dependencies: [
        "Model", "Contract", "Ingestion", "Parsing", "BundledParsers", "Clocks", "Correlation", "Analyzer",
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Stages",
      swiftSettings: settings,
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
    )
  )
}
