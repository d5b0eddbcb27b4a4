public import PreferenceData

import Foundation

/// Decisions as JSON lines.
public enum DecisionLog {
  /// `records` as one line each, in their order.
  ///
  /// - Precondition: the numbers of every `serving` are finite.
  /// - Complexity: O(bytes). Same records, same bytes.
  public static func bytes(of records: some Sequence<DecisionRecord>) -> [UInt8] {
    var bytes: [UInt8] = []
    for record in records {
      bytes += encodedJSON(record)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// The decisions in `bytes`, in their order, each with its line, from 1. Blank lines are passed
  /// over, and a byte order mark at the beginning.
  ///
  /// - Throws: The first line that is no decision. Nothing is read past it: decisions are applied
  ///   all or not at all.
  /// - Complexity: O(bytes).
  public static func records(
    in bytes: [UInt8]
  ) throws(DecisionLogError) -> [(line: Int, record: DecisionRecord)] {
    let decoder = JSONDecoder()
    var records: [(line: Int, record: DecisionRecord)] = []
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let text = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.allSatisfy(\.isBlank) {
      do {
        records.append((index + 1, try decoder.decode(DecisionRecord.self, from: Data(line))))
      } catch {
        throw DecisionLogError(line: index + 1, problem: .init(error))
      }
    }
    return records
  }
}

/// A line that is no decision. Carries the names of fields, never what they hold.
public struct DecisionLogError: Error, Hashable, Sendable {
  public enum Problem: Hashable, Sendable {
    case malformed
    case notAnObject
    /// `id` stands for `id` and `row`: one of them must be there.
    case missing(field: String)
    /// The field has a value of another type than it should have.
    case wrongType(field: String)
    /// The field has a value of the right type that means nothing here.
    case invalid(field: String)
  }

  /// From 1.
  public var line: Int
  public var problem: Problem

  public init(line: Int, problem: Problem) {
    self.line = line
    self.problem = problem
  }
}

extension DecisionLogError.Problem {
  fileprivate init(_ error: any Error) {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      self = .missing(field: Self.field(context.codingPath + [key]))
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      self =
        context.codingPath.isEmpty
        ? .notAnObject : .wrongType(field: Self.field(context.codingPath))
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      self = .invalid(field: Self.field(context.codingPath))
    default:
      self = .malformed
    }
  }

  /// `served.rank`, `tags.0`.
  private static func field(_ path: [any CodingKey]) -> String {
    path.map { key in key.intValue.map(String.init) ?? key.stringValue }.joined(separator: ".")
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0d }
}
