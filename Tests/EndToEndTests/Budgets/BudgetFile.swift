import Foundation

/// The data set on which budgets are measured.
struct BudgetFile {
  let name: String
  let byteCount: Int
  let pairCount: Int

  /// Where it is; nil where nothing shall be measured.
  static var path: String? { ProcessInfo.processInfo.environment["DEMUR_BUDGETS"] }

  /// A copy of the data set in `sandbox`, which no review stands beside.
  static func copied(to sandbox: Sandbox) throws -> BudgetFile {
    let name = "pairs.jsonl"
    let bytes = try mapped()
    try bytes.write(to: URL(fileURLWithPath: sandbox.path(of: name)))
    return BudgetFile(
      name: name, byteCount: bytes.count, pairCount: bytes.count { $0 == UInt8(ascii: "\n") })
  }

  /// A data set of its rows over and over, at least `size` bytes, in `sandbox`.
  static func repeated(to size: Int, in sandbox: Sandbox) throws -> String {
    let bytes = try mapped()
    let name = "long.jsonl"
    try sandbox.write("", to: name)
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: sandbox.path(of: name)))
    var written = 0
    while written < size {
      try file.write(contentsOf: bytes)
      written += bytes.count
    }
    try file.close()
    return name
  }

  private static func mapped() throws -> Data {
    struct Unset: Error {}
    guard let path else { throw Unset() }
    return try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
  }
}
