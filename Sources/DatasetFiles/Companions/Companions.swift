import Glibc
public import PreferenceData

/// What lies beside a data set and describes it.
public enum Companions {
  /// A description is a page or two; what is longer is something else.
  private static let sizeLimit = 4 << 20

  /// The entry for the file or folder at `path` in the `dataset_info.json` beside it, or of all files of the
  /// folder in the one that lies in it, where these agree on the columns; nil where there is none, or it is
  /// none of LLaMA-Factory's: Hugging Face has another one of that name.
  public static func llamaFactoryEntry(
    for path: String
  ) throws(DatasetReadError) -> LLaMAFactoryEntry? {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    let (folder, name) = AtomicFile.split(path)
    if let entry = try llamaFactoryEntry(of: [name], in: folder) { return entry }
    let names: [String]
    do throws(SystemFailure) {
      guard try FileStatus(path: path)?.isFolder ?? false else { return nil }
      names = try DatasetFolder(path: path).names
    } catch {
      throw .system(error)
    }
    return try llamaFactoryEntry(of: names, in: path)
  }

  /// The entry of the first of `names` in the description in `folder`, if all of them have one that reads
  /// rows in the same way.
  private static func llamaFactoryEntry(
    of names: [String], in folder: String
  ) throws(DatasetReadError) -> LLaMAFactoryEntry? {
    guard let bytes = try bytes(of: folder + "/dataset_info.json") else { return nil }
    do throws(JSONSyntaxError) {
      let document = try JSONDocument(lenient: bytes.span)
      let entries = names.map { LLaMAFactoryEntry(of: $0, in: document) }
      guard let first = entries.first ?? nil,
        entries.allSatisfy({ $0?.format.identity == first.format.identity })
      else { return nil }
      return first
    } catch {
      return nil
    }
  }

  /// The card in `README.md` in the folder at `path`, or beside the file there; nil where there is none.
  public static func card(for path: String) throws(DatasetReadError) -> DatasetCard? {
    let folder: String
    do throws(SystemFailure) {
      folder =
        try FileStatus(path: path)?.isFolder ?? false ? path : AtomicFile.split(path).folder
    } catch {
      throw .system(error)
    }
    guard let bytes = try bytes(of: folder + "/README.md") else { return nil }
    return DatasetCard(String(decoding: bytes, as: UTF8.self))
  }

  /// The bytes of a small file; nil where it is not there, is no file, or is not small.
  static func bytes(of path: String) throws(DatasetReadError) -> [UInt8]? {
    do throws(SystemFailure) {
      return try content(of: path)
    } catch {
      throw .system(error)
    }
  }

  /// As `bytes(of:)`, for those that do not read a data set.
  static func content(of path: String) throws(SystemFailure) -> [UInt8]? {
    do throws(SystemFailure) {
      guard let status = try FileStatus(path: path), status.isRegularFile,
        status.fingerprint.size <= sizeLimit
      else { return nil }
      let file = try OpenFile(path: path, flags: O_RDONLY)
      var bytes = [UInt8](repeating: 0, count: status.fingerprint.size)
      let count = try file.read(at: 0, into: &bytes, range: 0..<bytes.count)
      bytes.removeLast(bytes.count - count)
      return bytes
    } catch {
      // What nobody may read describes nothing.
      if error.code == EACCES || error.code == EPERM { return nil }
      throw error
    }
  }

  /// Whether anything stands at `path`.
  static func exists(_ path: String) throws(DatasetReadError) -> Bool {
    do throws(SystemFailure) {
      return try FileStatus(path: path) != nil
    } catch {
      throw .system(error)
    }
  }
}
