// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is held to: Swift 6, each import listed and marked, no unmarked unsafe
/// memory, no warning.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// Numeric and parsing code is 20-50 times slower without optimisation: debug builds keep theirs.
let optimised: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "demur",
  products: [.executable(name: "demur", targets: ["demur"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // The pure core: no clock, no file, no environment, no global state, no unseeded randomness.
    .target(name: "PreferenceData", swiftSettings: optimised),
    .target(
      name: "PreferenceScoring", dependencies: ["PreferenceData", "CLinearAlgebra", "CPCRE2"],
      swiftSettings: optimised),
    .target(
      name: "TerminalSurface",
      dependencies: ["CUTF8Proc", .product(name: "TOMLKit", package: "TOMLKit")],
      swiftSettings: optimised),
    .target(
      name: "CurationInterface",
      dependencies: ["PreferenceData", "PreferenceScoring", "TerminalSurface"],
      swiftSettings: strict),

    // The shells: each owns one part of the world.
    .target(
      name: "DatasetFiles",
      dependencies: [
        "PreferenceData", "CAllocator", "CSIMDJSON", "CCompression", "CDigest", "CProcess",
      ],
      swiftSettings: optimised),
    .target(
      name: "ReviewStore",
      dependencies: [
        "PreferenceData", "CFileSystem", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .target(
      name: "CurationEngine",
      dependencies: ["PreferenceData", "PreferenceScoring", "DatasetFiles", "ReviewStore"],
      swiftSettings: strict),
    .target(
      name: "TerminalDriver", dependencies: ["TerminalSurface", "CNcurses"], swiftSettings: strict),
    .target(
      name: "Themes", path: "Themes",
      resources: [
        .embedInCode("dark.theme"), .embedInCode("light.theme"),
        .embedInCode("high-contrast.theme"), .embedInCode("mono.theme"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "demur",
      dependencies: [
        "PreferenceData", "PreferenceScoring", "TerminalSurface", "CurationInterface",
        "DatasetFiles", "ReviewStore", "CurationEngine", "TerminalDriver", "Themes",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Times the stages of a scan (`make bench`); no product, nothing users get.
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "PreferenceData", "PreferenceScoring", "DatasetFiles", "CurationEngine",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // C libraries: a module map and a shim each, nothing else.
    .systemLibrary(name: "CAllocator"),
    .systemLibrary(name: "CFileSystem"),
    .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw")]),
    .target(
      name: "CSIMDJSON",
      cxxSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))],
      linkerSettings: [.linkedLibrary("simdjson")]),
    .target(
      name: "CLinearAlgebra",
      linkerSettings: [.linkedLibrary("openblas"), .linkedLibrary("lapacke")]),
    .target(name: "CPCRE2", linkerSettings: [.linkedLibrary("pcre2-8")]),
    .target(name: "CUTF8Proc", linkerSettings: [.linkedLibrary("utf8proc")]),
    .target(
      name: "CCompression",
      linkerSettings: [.linkedLibrary("z"), .linkedLibrary("zstd"), .linkedLibrary("lzma")]),
    .target(name: "CProcess"),
    .target(name: "CDigest", linkerSettings: [.linkedLibrary("crypto")]),

    .testTarget(
      name: "PreferenceDataTests", dependencies: ["PreferenceData"], swiftSettings: strict),
    .testTarget(
      name: "PreferenceScoringTests", dependencies: ["PreferenceScoring", "PreferenceData"],
      swiftSettings: optimised),
    .testTarget(
      name: "TerminalSurfaceTests", dependencies: ["TerminalSurface", "Themes", "CUTF8Proc"],
      swiftSettings: strict),
    .testTarget(
      name: "CurationInterfaceTests",
      dependencies: [
        "CurationInterface", "PreferenceData", "PreferenceScoring", "TerminalSurface",
      ],
      exclude: ["Screens"],
      swiftSettings: strict),
    .testTarget(
      name: "DatasetFilesTests", dependencies: ["DatasetFiles", "PreferenceData"],
      swiftSettings: optimised),
    .testTarget(
      name: "ReviewStoreTests", dependencies: ["ReviewStore", "PreferenceData"],
      swiftSettings: strict),
    .testTarget(
      name: "CurationEngineTests",
      dependencies: [
        "CurationEngine", "PreferenceData", "PreferenceScoring", "DatasetFiles", "ReviewStore",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: ["demur", "CPseudoTerminal"], swiftSettings: strict),
    // Only tests use it: a terminal without a window.
    .target(
      name: "CPseudoTerminal", path: "Tests/CPseudoTerminal",
      linkerSettings: [.linkedLibrary("vterm")]),
  ],
  cxxLanguageStandard: .cxx17
)
