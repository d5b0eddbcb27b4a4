/// Which files of a folder are its data: shards, or the layout in which data sets are published
/// (`data/train-00000-of-00003.parquet`, `helpful-base/train.jsonl.gz`).
struct DatasetFolder: Sendable {
  /// The folder, without a slash at its end.
  let path: String
  /// The files by their paths in the folder, in name order.
  let names: [String]
  /// The files beside them that a copy of the folder needs (`SavedFolder`), likewise.
  let companions: [String]

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
    var found = Found()
    try Self.look(in: path, prefix: "", depthLeft: Self.depthLimit, found: &found)
    names = found.data.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    companions =
      found.isSaved
      ? found.companions.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } : []
  }

  private struct Found {
    var data: [String] = []
    var companions: [String] = []
    /// Whether `save_to_disk` has written some of it.
    var isSaved = false
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

  private static func look(
    in path: String, prefix: String, depthLeft: Int, found: inout Found
  ) throws(SystemFailure) {
    let saved = try SavedFolder.dataFiles(in: path)
    if saved != nil { found.isSaved = true }
    for name in try Folder.names(in: path) where !name.hasPrefix(".") {
      let inner = path + "/" + name
      guard let status = try FileStatus(path: inner) else { continue }
      if status.isFolder, depthLeft > 0, !name.hasSuffix(".demur") {
        try look(in: inner, prefix: prefix + name + "/", depthLeft: depthLeft - 1, found: &found)
      } else if status.isRegularFile {
        if isData(name), saved?.contains(name) ?? true { found.data.append(prefix + name) }
        if SavedFolder.companionNames.contains(name) { found.companions.append(prefix + name) }
      }
    }
  }
}
