import CurationInterface
import Foundation
import ReviewStore

/// Where the rubric of a review is read.
enum RubricFile {
  /// The rubric that `path` names, else the one in the review's folder, else one without criteria.
  static func read(named path: String?, beside places: SessionPlaces?) throws -> Rubric {
    let found = places?.candidates.lazy.map { $0.path + "/rubric.toml" }
      .first { FileManager.default.fileExists(atPath: $0) }
    guard let path = path ?? found else { return Rubric() }
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw Failure(
        .file, what: "the rubric \(path) cannot be read", why: error.localizedDescription)
    }
    do throws(RubricError) {
      return try Rubric(String(decoding: data, as: UTF8.self))
    } catch {
      let line = error.line.map { "line \($0): " } ?? ""
      throw Failure(
        .badData, what: "the rubric \(path) cannot be used", why: line + error.problem.text,
        remedy: "mend it, or name another with --rubric")
    }
  }
}

extension RubricError.Problem {
  fileprivate var text: String {
    switch self {
    case .tooLarge(let limit): "it has more than \(Numbers.grouped(limit)) bytes"
    case .malformed(let reason): Table.line(reason)
    case .unknownName(let name): "nothing is called \(Table.line(name))"
    case .wrongValue(let name, let wanted): "\(Table.line(name)) is to be \(wanted)"
    case .noScale(let steps): "a scale has 3 or 5 places, not \(steps)"
    case .noName(let limit):
      "a name is a word of at most \(limit) letters, digits and the signs - _ . + /"
    case .tooMany(let limit): "more than \(limit) are too many"
    case .noKeyLeft(let name): "every letter of \(Table.line(name)) is the key of another reason"
    }
  }
}
