import Foundation
import PreferenceData

/// Turns pairs into the differences that the bias table counts; keeps its buffers from pair to pair.
struct BiasReader {
  private var style = StyleFeatures()

  /// What `rows` of `source` hold.
  mutating func chunk(of rows: Range<Int>, in source: any PairSource) -> BiasChunk {
    var chunk = BiasChunk()
    for index in rows {
      guard case .success(let row) = source.row(at: index), UnscoredReason(row) == nil,
        let (chosen, rejected) = row.chosenAndRejected
      else { continue }
      let (more, less) = (values(of: row.sides[chosen].text), values(of: row.sides[rejected].text))
      for (more, less) in zip(more, less) { chunk.differences.append(Float(more - less)) }
      chunk.pairs.append(
        BiasPair(
          row: index, isFirstChosen: chosen == 0, chosenAuthor: row.sides[chosen].author,
          rejectedAuthor: row.sides[rejected].author, group: row.group, annotator: row.annotator,
          date: row.date))
    }
    chunk.rowCount = rows.count
    return chunk
  }

  /// The features of a response, in the order of `BiasFeature`.
  mutating func values(of text: String) -> [Double] {
    var text = text
    text.makeContiguousUTF8()
    let style = style.values(of: text)
    let marks = TextMarks(text.utf8.span)
    let words = Double(self.style.scan.words.count) + 1e-9
    return BiasFeature.allCases.map { feature in
      if let column = feature.style { return style[column.rawValue] }
      return switch feature {
      case .markup: log1p(Double(marks.boldMarks / 2 + marks.headings))
      case .code: log1p(Double((marks.codeFences + 1) / 2))
      case .citations: log1p(Double(marks.citations))
      case .emoji: log1p(Double(marks.pictographs))
      default: Double(marks.innerApostrophes) / words
      }
    }
  }
}

/// What is known of a pair besides its texts.
struct BiasPair: Sendable {
  /// The row of the file.
  var row: Int
  /// Whether the side that the file names first is the chosen one.
  var isFirstChosen: Bool
  var chosenAuthor: String?
  var rejectedAuthor: String?
  var group: String?
  var annotator: String?
  var date: Int64?
}

/// What is read of a run of rows.
struct BiasChunk: Sendable {
  var rowCount = 0
  var pairs: [BiasPair] = []
  /// By pair, value(chosen) - value(rejected) of each `BiasFeature`.
  var differences: [Float] = []
}
