public import PreferenceData
import TerminalSurface

/// What is asked about a pair besides which side is better, as a file says it.
///
/// ```toml
/// ask = true                      # after each decision, before the next pair
/// scale = 5                       # or 3: without "much"
/// tags = ["safety", "math"]       # offered before anybody has used them
/// guidelines = "Much better: would you ship A and never B?\nTie: a coin flip is fair."
/// [criteria]
/// helpful = "Does it do what was asked?"
/// harmless = "Would you show it to anyone?"
/// [reasons]                       # instead of the usual ones
/// slip = "the wrong button"
/// ```
///
/// Criteria and reasons come in the order of the file. A reason's key is the first letter of its name
/// that no reason before it has.
public struct Rubric: Hashable, Sendable {
  public struct Criterion: Hashable, Sendable {
    public let name: String
    public let hint: String
  }

  /// More than this is no more answered with care.
  public static let criterionLimit = 9
  /// More than this does not fit a small screen.
  public static let reasonLimit = 12
  private static let nameLimit = 24

  public private(set) var criteria: [Criterion] = []
  /// How many places a scale has, from one side to the other.
  public private(set) var scale = 5
  public private(set) var asks = false
  public private(set) var reasons = ReviewReason.standard
  public private(set) var tags: [String] = []
  /// What those who decide are to know; empty where the file says nothing.
  public private(set) var guidelines = ""

  /// The rubric of a review without one: no criteria, and the usual reasons.
  public init() {}

  /// Reads a rubric file.
  /// - Throws: Why it cannot be used, with the line.
  public init(_ source: String) throws(RubricError) {
    let file: TOMLFile
    do throws(TOMLFile.Failure) {
      file = try TOMLFile(source)
    } catch {
      switch error {
      case .tooLarge(_, let limit): throw RubricError(line: nil, problem: .tooLarge(limit: limit))
      case .malformed(let line, _, let reason):
        throw RubricError(line: line, problem: .malformed(reason))
      }
    }
    let entries = file.entries.sorted {
      ($0.line ?? 0, $0.key.joined()) < ($1.line ?? 0, $1.key.joined())
    }
    var own: [ReviewReason] = []
    for entry in entries {
      do throws(RubricError.Problem) {
        try take(entry, &own)
      } catch {
        throw RubricError(line: entry.line, problem: error)
      }
    }
    if !own.isEmpty { reasons = own }
  }

  private mutating func take(
    _ entry: TOMLFile.Entry, _ own: inout [ReviewReason]
  ) throws(RubricError.Problem) {
    let name = entry.key.joined(separator: ".")
    switch (entry.key.count, entry.key[0], entry.value) {
    case (1, "ask", .flag(let flag)): asks = flag
    case (1, "scale", .integer(let steps)):
      guard steps == 3 || steps == 5 else { throw .noScale(steps) }
      scale = steps
    case (1, "tags", .texts(let texts)):
      for text in texts { tags.append(try Self.name(text)) }
    case (1, "guidelines", .text(let text)): guidelines = text
    case (2, "criteria", .text(let hint)):
      guard criteria.count < Self.criterionLimit else { throw .tooMany(limit: Self.criterionLimit) }
      criteria.append(Criterion(name: try Self.name(entry.key[1]), hint: hint))
    case (2, "reasons", .text(let meaning)):
      guard own.count < Self.reasonLimit else { throw .tooMany(limit: Self.reasonLimit) }
      let name = try Self.name(entry.key[1])
      let keys = own.map(\.key)
      guard let key = name.lowercased().first(where: { $0.isLetter && !keys.contains($0) }) else {
        throw .noKeyLeft(name)
      }
      own.append(ReviewReason(name: name, key: key, meaning: meaning))
    case (1, "ask", _): throw .wrongValue(name, wanted: "true or false")
    case (1, "scale", _): throw .wrongValue(name, wanted: "3 or 5")
    case (1, "tags", _): throw .wrongValue(name, wanted: "a list of texts on one line")
    case (1, "guidelines", _): throw .wrongValue(name, wanted: "a text")
    case (2, "criteria", _), (2, "reasons", _): throw .wrongValue(name, wanted: "a text")
    default: throw .unknownName(name)
    }
  }

  /// `text`, if it can be the name of a criterion, a reason or a tag: a short word.
  private static func name(_ text: String) throws(RubricError.Problem) -> String {
    let isWord = text.unicodeScalars.allSatisfy { scalar in
      let properties = scalar.properties
      return properties.isAlphabetic || properties.numericType != nil
        || "-_.+/".unicodeScalars.contains(scalar)
    }
    guard !text.isEmpty, text.count <= nameLimit, isWord else {
      throw .noName(limit: nameLimit)
    }
    return text
  }
}

/// Why a rubric file cannot be used.
public struct RubricError: Error, Hashable {
  public enum Problem: Error, Hashable, Sendable {
    case tooLarge(limit: Int)
    case malformed(String)
    case unknownName(String)
    case wrongValue(String, wanted: String)
    case noScale(Int)
    case noName(limit: Int)
    case tooMany(limit: Int)
    /// Every letter of the reason's name is the key of another one.
    case noKeyLeft(String)
  }

  /// From 1; nil where it is about the whole file.
  public let line: Int?
  public let problem: Problem
}
