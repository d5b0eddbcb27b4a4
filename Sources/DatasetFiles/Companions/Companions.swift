import Glibc
public import PreferenceData

/// What lies beside a data set and describes it.
public enum Companions {
  /// A description is a page or two; what is longer is something else.
  private static let sizeLimit = 4 << 20

  /// The entry for the file at `path` in the `dataset_info.json` beside it; nil where there is none, or the
  /// file is none of LLaMA-Factory's: Hugging Face has another one of that name.
  public static func llamaFactoryEntry(
    for path: String
  ) throws(DatasetReadError) -> LLaMAFactoryEntry? {
    let (folder, name) = AtomicFile.split(path)
    guard let bytes = try bytes(of: folder + "/dataset_info.json") else { return nil }
    do throws(JSONSyntaxError) {
      return LLaMAFactoryEntry(of: name, in: try JSONDocument(lenient: bytes.span))
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
      throw .system(error)
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
