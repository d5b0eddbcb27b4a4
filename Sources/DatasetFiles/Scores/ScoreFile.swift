public import PreferenceData

/// A file of scores from elsewhere: JSON objects in any container that a data set may have.
public struct ScoreFile: Sendable {
  public let table: ScoreTable
  /// What its numbers depend on: name, bytes, key and unit.
  public let identity: String
  public let name: String

  /// Why a score file says nothing.
  public enum Failure: Error, Hashable, Sendable {
    case read(DatasetReadError)
    case problem(ScoreProblem)
    /// The line, from 1, in which the first repeated key stands.
    case repeatedKeys(ScoreKey, count: Int, line: Int)
  }

  /// - Parameters:
  ///   - path: The file.
  ///   - key: By what its lines say which row they mean.
  ///   - unit: What log-probabilities are whose column does not say it.
  ///   - settings: Bounds on what reading may cost.
  /// - Throws: Why it says nothing.
  /// - Complexity: Reads the file three times: once for its lines, twice to parse them.
  public init(
    path: String, key: ScoreKey, unit: LogProbabilityUnit?, settings: DatasetReadSettings = .init()
  ) throws(Failure) {
    let lines: Dataset
    do throws(DatasetReadError) {
      lines = try Dataset.open(.file(path), format: ScoreLines(), settings: settings)
      identity = [
        lines.name, try lines.contentDigest(), "\(key)", unit?.rawValue ?? "-",
      ].joined(separator: " ")
    } catch {
      throw .read(error)
    }
    name = lines.name
    do throws(ScoreProblem) {
      table = try ScoreTable(named: lines.name, lineCount: lines.rowCount, key: key, unit: unit) {
        if case .success(let document) = lines.document($0) { document } else { nil }
      }
    } catch .repeatedKeys(let key, let count, let first) {
      throw .repeatedKeys(key, count: count, line: lines.line(of: first))
    } catch {
      throw .problem(error)
    }
  }
}

/// The lines of a score file are no pairs: only their columns are read.
private struct ScoreLines: RowFormat {
  let name = "scores"
  let summary = "scores"

  func recognises(_ root: JSONView) -> Bool { true }
  func row(from root: JSONView) -> Result<PreferenceRow, RowProblem.Reason> { .failure(.noSides) }
  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? { nil }
}
