import PreferenceData

/// The `README.md` that an export puts beside its data. It replaces one that an export has written, never
/// one that a person has.
public struct CardFile {
  /// Stands in every card that an export writes.
  public static let mark =
    "<!-- Written by demur export, which replaces it. Without this line it is yours, and stays. -->"

  public let path: String

  /// The card of the data that goes to `output`: in it where that is a folder, else beside it.
  public init(for output: String, isFolder: Bool) {
    var output = output
    while output.count > 1, output.hasSuffix("/") { output.removeLast() }
    path = isFolder ? output + "/README.md" : AtomicFile.split(output).folder + "README.md"
  }

  /// Whether nothing that a person has written stands there.
  public func isReplaceable() throws(ExportError) -> Bool {
    do throws(DatasetReadError) {
      guard let bytes = try Companions.bytes(of: path) else { return try !Companions.exists(path) }
      return String(decoding: bytes, as: UTF8.self).contains(Self.mark)
    } catch {
      throw .reading(error)
    }
  }

  /// Writes `text`.
  /// - Throws: `ExportError.foreignCard` where `isReplaceable` says no.
  public func write(
    _ text: String, protecting inputs: [FileFingerprint]
  ) throws(ExportError) {
    precondition(text.contains(Self.mark), "a card says who wrote it")
    guard try isReplaceable() else { throw .foreignCard }
    let file = try AtomicFile(path: path, protecting: inputs)
    try file.write(text)
    try file.commit()
  }
}
