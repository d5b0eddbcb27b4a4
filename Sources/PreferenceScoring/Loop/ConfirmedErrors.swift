/// The pairs whose label a person has found wrong, and how like them the others are.
///
/// Meaning: with w the features of a pair as labelled, each divided by the square root of its penalty, and
/// t the words of its prompt, the likeness of pair i to error j is cos(w(i), w(j)) (1 + cos+(t(i), t(j)))
/// / 2: the same kind of chosen side over the same kind of rejected one, to the same prompt, is 1. The
/// signal is the likeness to the likest error; the pair itself and its copies are none.
///
/// - Range: [-1, 1]; high = labelled as the error was: suspicious. nil without an error.
/// - Complexity: O(n errors columns), of at most `errorLimit` errors.
/// - Limits: one error decides, and a person may have erred on it. Of more errors than the limit, ones at
///   even distances in the file are looked at.
/// - Source: retrieval of pairs near those that the gold set shows to be wrong, as in Skywork-Reward-V2,
///   arXiv:2507.01352 (known second hand); this likeness is ours.
struct ConfirmedErrors: Sendable {
  static let errorLimit = 256
  private static let rowsInPart = 1024

  /// By design row; nil where there is no other pair to compare with.
  let likeness: [Double?]

  /// Compares all pairs with the design rows `errors`, which rise; there is at least one.
  init(
    _ errors: [Int], in design: DesignMatrix, penalties: [Double], prompts: PromptSketches,
    groups: PairGroups, jobs: Int
  ) {
    precondition(!errors.isEmpty, "without an error nothing is like one")
    let count = min(errors.count, Self.errorLimit)
    let errors = (0..<count).map { errors[$0 * errors.count / count] }
    let scales = penalties.map { Float(1 / $0.squareRoot()) }
    let columns = design.columnCount
    /// Brings rows that stand one after the other to their scales and to length 1.
    @Sendable func normalise(_ x: inout [Float]) {
      for start in stride(from: 0, to: x.count, by: columns) {
        var square: Float = 0
        for column in 0..<columns {
          x[start + column] *= scales[column]
          square += x[start + column] * x[start + column]
        }
        let length = square.squareRoot()
        guard length > 0 else { continue }
        for column in 0..<columns { x[start + column] /= length }
      }
    }
    var gathered: [Float] = []
    design.gather(errors, into: &gathered)
    normalise(&gathered)
    let wrong = gathered
    let asked = errors.flatMap { prompts.direction(of: $0) }
    let own = errors.map { groups.copyGroup(of: $0) }
    let parts = (design.rowCount + Self.rowsInPart - 1) / Self.rowsInPart
    likeness = parallelMap(count: parts, jobs: jobs, scratch: { [Float]() }) {
      part, x -> [Double?] in
      let rows = part * Self.rowsInPart..<min((part + 1) * Self.rowsInPart, design.rowCount)
      design.readAsInFile(rows, into: &x)
      normalise(&x)
      let alike = LinearAlgebra.products(
        of: x, rows: 0..<rows.count, with: wrong, count: count, columns: columns)
      let related = LinearAlgebra.products(
        of: rows.flatMap { prompts.direction(of: $0) }, rows: 0..<rows.count, with: asked,
        count: count, columns: PromptSketch.width)
      return rows.enumerated().map { place, row in
        var likest: Double?
        for error in 0..<count where !own[error].contains(row) {
          let index = place * count + error
          let found = Double(alike[index]) * (1 + Double(max(0, related[index]))) / 2
          likest = max(likest ?? -1, min(1, max(-1, found)))
        }
        return likest
      }
    }.flatMap(\.self)
  }
}
