/// Which files of a folder are its data: shards, or the layout in which data sets are published
/// (`data/train-00000-of-00003.parquet`, `helpful-base/train.jsonl.gz`).
struct DatasetFolder: Sendable {
  /// The folder, without a slash at its end.
  let path: String
  /// The files by their paths in the folder, in name order.
  let names: [String]

  private static let dataSuffixes: Set = [
    "jsonl", "ndjson", "json", "csv", "tsv", "parquet", "arrow",
  ]
  /// What published data sets and Demur put beside their data.
  private static let otherNames: Set = [
    "dataset_info.json", "dataset_infos.json", "dataset_dict.json", "state.json",
  ]
  private static let otherSuffixes = [".manifest.json", ".review.jsonl"]

  /// How many folders deep data is looked for.
  private static let depthLimit = 4

  init(path: String) throws(SystemFailure) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
    names = try Self.dataFiles(in: path, prefix: "", depthLeft: Self.depthLimit)
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  var name: String { Self.lastName(of: path) }

  static func lastName(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Whether a file of this name is data, by its suffixes.
  static func isData(_ name: String) -> Bool {
    guard !name.hasPrefix("."), !otherNames.contains(name),
      !otherSuffixes.contains(where: name.hasSuffix)
    else { return false }
    var suffixes = name.split(separator: ".").dropFirst().map { $0.lowercased() }
    if let last = suffixes.last, DatasetContainer.Compression(rawValue: last) != nil {
      suffixes.removeLast()
    }
    return suffixes.last.map(dataSuffixes.contains) ?? false
  }

  private static func dataFiles(
    in path: String, prefix: String, depthLeft: Int
  ) throws(SystemFailure) -> [String] {
    var found: [String] = []
    for name in try Folder.names(in: path) where !name.hasPrefix(".") {
      let inner = path + "/" + name
      guard let status = try FileStatus(path: inner) else { continue }
      if status.isFolder, depthLeft > 0, !name.hasSuffix(".demur") {
        found += try dataFiles(in: inner, prefix: prefix + name + "/", depthLeft: depthLeft - 1)
      } else if status.isRegularFile, isData(name) {
        found.append(prefix + name)
      }
    }
    return found
  }
}
