import PreferenceData

/// The folders that `save_to_disk` of Hugging Face datasets writes: Arrow files, and beside them the
/// `state.json` that lists these and the `dataset_info.json` that `load_from_disk` asks for; one such
/// folder a split where a `dataset_dict.json` names these.
///
/// Only what the state lists is data: `map` and `filter` leave their results there too, as
/// `cache-0123456789abcdef.arrow`.
enum SavedFolder {
  static let stateName = "state.json"
  static let infoName = "dataset_info.json"
  /// The files that go along when the data is written to another folder.
  static let companionNames: Set = [stateName, infoName, "dataset_dict.json"]

  /// The names of the data files that the state in the folder at `path` lists; nil where none does.
  static func dataFiles(in path: String) throws(SystemFailure) -> Set<String>? {
    guard let bytes = try Companions.content(of: path + "/" + stateName) else { return nil }
    do throws(JSONSyntaxError) {
      let root = try JSONDocument(lenient: bytes.span).root
      return root["_data_files"].map { Set($0.children.compactMap { $0["filename"]?.string }) }
    } catch {
      return nil
    }
  }

  /// The bytes of a `state.json` for data that has changed: the fingerprint, by which `datasets` finds
  /// results that it has kept, is the beginning of `digest`, which the new data decides. Every other
  /// byte is as it was.
  static func state(_ bytes: [UInt8], of digest: String) -> [UInt8] {
    do throws(JSONSyntaxError) {
      let root = try JSONDocument(lenient: bytes.span).root
      guard let fingerprint = root["_fingerprint"] else { return bytes }
      let new = Array("\"\(digest.prefix(16))\"".utf8)
      return LabelEdit.apply([.replace(fingerprint.span, with: new)], to: bytes)
    } catch {
      return bytes
    }
  }

  /// The split that the `state.json` with these bytes names.
  static func split(ofState bytes: [UInt8]) -> String? {
    do throws(JSONSyntaxError) {
      return try JSONDocument(lenient: bytes.span).root["_split"]?.string
    } catch {
      return nil
    }
  }

  /// The bytes of a `dataset_info.json` for data that has changed: of the splits named in `rowCounts` it
  /// counts these rows, and no sizes of tables as they were before: null, which `datasets` takes for not
  /// known. Every other byte is as it was.
  static func info(_ bytes: [UInt8], rowCounts: [String: Int]) -> [UInt8] {
    do throws(JSONSyntaxError) {
      let root = try JSONDocument(lenient: bytes.span).root
      let unknown = Array("null".utf8)
      var edits: [LabelEdit] = []
      for entry in root["splits"]?.children ?? [] {
        guard let rowCount = rowCounts[entry.key] else { continue }
        if let count = entry["num_examples"] {
          edits.append(.replace(count.span, with: Array("\(rowCount)".utf8)))
        }
        edits += ["num_bytes", "shard_lengths"].compactMap { name in
          entry[name].map { .replace($0.span, with: unknown) }
        }
      }
      guard !edits.isEmpty else { return bytes }
      edits += ["dataset_size", "size_in_bytes"].compactMap { name in
        root[name].map { .replace($0.span, with: unknown) }
      }
      return LabelEdit.apply(edits, to: bytes)
    } catch {
      return bytes
    }
  }
}
