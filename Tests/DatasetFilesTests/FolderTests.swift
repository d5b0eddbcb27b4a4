import Foundation
import PreferenceData
import Testing

@testable import DatasetFiles

@Suite("Folders of files")
struct FolderTests {
  /// A file of a folder: its name, and its bytes behind its compression.
  private struct Shard {
    let name: String
    let text: [UInt8]
    let rowCount: Int
  }

  /// A folder `set` of odd files in several containers, an empty one among them, beside files that
  /// are no data.
  private func makeSet(seed: Int, in folder: TemporaryFolder) throws -> [Shard] {
    var odd = OddRows(seed: seed)
    var shards: [Shard] = []
    for number in 0..<Int.random(in: 1..<5, using: &odd.random) {
      let isArray = odd.random.chance(0.3)
      let count = Int.random(in: 1..<20, using: &odd.random)
      let made = isArray ? odd.array(count: count) : odd.lines(count: count, brokenShare: 0)
      let place = odd.random.one(of: ["", "data/", "data/more/"])
      let suffix = odd.random.one(of: ["", ".gz", ".zst", ".xz"])
      shards.append(
        Shard(
          name: place + "train-0000\(number).json" + (isArray ? "" : "l") + suffix,
          text: made.file, rowCount: count))
    }
    let table = OddTable(seed: seed, rowCount: 9)
    shards.append(Shard(name: "table.csv", text: table.file, rowCount: 9))
    shards.append(Shard(name: "empty.jsonl", text: [], rowCount: 0))
    for shard in shards { try folder.writeDeep(shard.text, to: "set/" + shard.name) }
    let card = Array("---\nconfigs: []\n---\n".utf8)
    for other in ["README.md", "dataset_info.json", "set.demur/notes.jsonl", ".cache/x.jsonl"] {
      try folder.writeDeep(card, to: "set/" + other)
    }
    return shards.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  @Test(
    "the rows of all files stand one after another, in the order of their names", arguments: 0..<24)
  func rowsAreJoined(seed: Int) throws {
    let folder = try TemporaryFolder()
    let shards = try makeSet(seed: seed, in: folder)
    let dataset = try Dataset.open(.file(folder.file("set/")), mapping: .plain)
    #expect(dataset.name == "set")
    #expect(dataset.files.map(\.name) == shards.map(\.name))
    #expect(dataset.files.map(\.rowCount) == shards.map(\.rowCount))
    #expect(dataset.byteCount == shards.reduce(0) { $0 + $1.text.count })
    var row = 0
    for shard in shards where shard.rowCount > 0 {
      let alone = try Dataset.open(.file(folder.file("set/" + shard.name)), mapping: .plain)
      for position in 0..<shard.rowCount {
        #expect(try dataset.rowBytes(row) == alone.rowBytes(position))
        #expect(dataset.line(of: row) == alone.line(of: position))
        #expect(dataset.file(of: row) == shard.name)
        #expect((try? dataset.row(at: row).get()) == (try? alone.row(at: position).get()))
        row += 1
      }
    }
    #expect(row == dataset.rowCount)
  }

  @Test("a folder becomes a folder of the same names and bytes", arguments: 0..<24)
  func foldersStayFolders(seed: Int) throws {
    let folder = try TemporaryFolder()
    let shards = try makeSet(seed: seed, in: folder)
    let dataset = try Dataset.open(.file(folder.file("set")), mapping: .plain)
    let summary = try dataset.export(to: folder.file("out")) { _ in .asIs }
    let output = try Dataset.open(.file(folder.file("out")), mapping: .plain)
    #expect(output.files == dataset.files)
    for shard in shards where shard.rowCount > 0 {
      #expect(try folder.unpacked("out/" + shard.name) == shard.text)
    }
    #expect(try folder.read("out/empty.jsonl").isEmpty)
    #expect(try output.contentDigest() == summary.file.sha256)
    #expect(try folder.names().sorted() == ["out", "set"])
  }

  @Test("swapping all rows of a folder twice is the first folder", arguments: 0..<12)
  func swappingTwice(seed: Int) throws {
    let folder = try TemporaryFolder()
    let shards = try makeSet(seed: seed, in: folder)
    func swap(_ name: String, to other: String) throws {
      let dataset = try Dataset.open(.file(folder.file(name)), mapping: .plain)
      try dataset.export(to: folder.file(other)) {
        if case .success = dataset.row(at: $0) { .swap } else { .asIs }
      }
    }
    try swap("set", to: "once")
    try swap("once", to: "twice")
    for shard in shards where shard.rowCount > 0 {
      #expect(try folder.unpacked("twice/" + shard.name) == shard.text)
    }
  }

  @Test("JSON lines, and tables with one header, are joined in one file by its name")
  func joining() throws {
    let folder = try TemporaryFolder()
    let first = Array("\u{FEFF}\(plainRow)\n\n\(plainRow)".utf8)
    try folder.writeDeep(first, to: "lines/a.jsonl")
    try folder.writeDeep(Array("\u{FEFF}\n\(plainRow)\n".utf8), to: "lines/b.jsonl")
    let lines = try Dataset.open(.file(folder.file("lines")))
    try lines.export(to: folder.file("lines.jsonl")) { _ in .asIs }
    #expect(
      try folder.read("lines.jsonl")
        == Array("\u{FEFF}\(plainRow)\n\n\(plainRow)\n\(plainRow)\n".utf8))

    let head = "prompt,chosen,rejected\n"
    try folder.writeDeep(Array((head + "a,b,c\nd,\"e\",f").utf8), to: "tables/a.csv")
    try folder.writeDeep(Array((head + "g,h,i\n").utf8), to: "tables/b.csv")
    let tables = try Dataset.open(.file(folder.file("tables")))
    try tables.export(to: folder.file("tables.csv")) { $0 == 1 ? .omit : .asIs }
    #expect(try folder.read("tables.csv") == Array((head + "a,b,c\ng,h,i\n").utf8))

    try folder.writeDeep(Array((plainRow + "\n").utf8), to: "tables/c.jsonl")
    let mixed = try Dataset.open(.file(folder.file("tables")))
    #expect(throws: ExportError.cannotJoin) {
      try mixed.export(to: folder.file("mixed.jsonl")) { _ in .asIs }
    }
  }

  @Test("a problem says in which file and line it stands")
  func problemsNameTheirFile() throws {
    let folder = try TemporaryFolder()
    try folder.writeDeep(Array("\(plainRow)\n\(plainRow)\n".utf8), to: "set/a.jsonl")
    try folder.writeDeep(Array("\(plainRow)\noops\n".utf8), to: "set/b.jsonl")
    let dataset = try Dataset.open(.file(folder.file("set")))
    let problem = try #require(dataset.row(at: 3).problem)
    #expect(problem.row == 3 && problem.file == "b.jsonl" && problem.line == 2)
  }

  @Test("a file that cannot be read is named")
  func badFile() throws {
    let folder = try TemporaryFolder()
    try folder.writeDeep(Array(plainRow.utf8), to: "set/a.jsonl")
    try folder.writeDeep([0x7F, 0x45, 0, 0], to: "set/data/b.jsonl")
    #expect(throws: DatasetReadError.inFile("data/b.jsonl", .notText)) {
      try Dataset.open(.file(folder.file("set")))
    }
  }

  @Test("nothing is written over a folder that holds something, nor into the data set")
  func refusals() throws {
    let folder = try TemporaryFolder()
    try folder.writeDeep(Array("\(plainRow)\noops".utf8), to: "set/data/a.jsonl")
    try folder.writeDeep(Array(plainRow.utf8), to: "full/x")
    let dataset = try Dataset.open(.file(folder.file("set")))
    for (path, error) in [
      ("set", .isInput), ("set/", .isInput), ("set/out", .insideInput),
      ("set/data/out.jsonl", .insideInput), ("full", .folderNotEmpty), ("full/x", .notFolder),
      ("none/out", .folderMissing),
    ] as [(String, ExportError)] {
      #expect(throws: error) { try dataset.export(to: folder.file(path)) { _ in .asIs } }
    }
    #expect(throws: ExportError.cannotSwap(row: 1)) {
      try dataset.export(to: folder.file("out")) { _ in .swap }
    }
    #expect(try folder.names() == ["full", "set"])
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.file("set")).count == 2)
  }

  @Test("two writers of one folder exclude each other, and what a killed one left is taken over")
  func writersExcludeEachOther() throws {
    let folder = try TemporaryFolder()
    try folder.writeDeep([1, 2, 3], to: ".out.demur-partial/data/left")
    let first = try AtomicFolder(path: folder.file("out"))
    let file = try first.file(named: "data/a.jsonl", columnar: nil)
    try file.write("first")
    try file.commit()
    #expect(throws: ExportError.busy) { try AtomicFolder(path: folder.file("out")) }
    try first.commit()
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() == [
        "out", "out/data", "out/data/a.jsonl",
      ])
    #expect(throws: ExportError.folderNotEmpty) { try AtomicFolder(path: folder.file("out")) }
    do {
      let given = try AtomicFolder(path: folder.file("given up"))
      _ = try given.file(named: "data/a.jsonl", columnar: nil)
    }
    #expect(try folder.names() == ["out"])
  }

  @Test("a change of one file is noticed")
  func changes() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] {
      try folder.writeDeep(Array(plainRow.utf8), to: "set/\(name).jsonl")
    }
    let dataset = try Dataset.open(.file(folder.file("set")))
    #expect(try dataset.change() == nil)
    try FileManager.default.removeItem(atPath: folder.file("set/b.jsonl"))
    #expect(try dataset.change() == .removed)
    #expect(throws: ExportError.inputChanged(.removed)) {
      try dataset.export(to: folder.file("out")) { _ in .asIs }
    }
  }

  @Test("what is data is known by its name")
  func dataNames() {
    for name in [
      "train.jsonl", "a.json.gz", "x.csv.zst", "train-00000-of-00003.parquet", "a.b.tsv",
    ] {
      #expect(DatasetFolder.isData(name), "\(name)")
    }
    for name in [
      "README.md", "state.json", "dataset_info.json", ".x.jsonl", "jsonl", "a.jsonl.demur",
      "clean.jsonl.review.jsonl", "clean.jsonl.manifest.json", "x.py", "x.gz",
    ] {
      #expect(!DatasetFolder.isData(name), "\(name)")
    }
  }
}

extension TemporaryFolder {
  /// Writes `bytes` to a file in folders below this one, compressed where its name says so.
  fileprivate func writeDeep(_ bytes: [UInt8], to name: String) throws {
    let path = URL(fileURLWithPath: file(name))
    try FileManager.default.createDirectory(
      at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    let output = try AtomicFile(path: path.path)
    try output.write(bytes.span)
    try output.commit()
  }

  /// The bytes of a file behind its compression.
  fileprivate func unpacked(_ name: String) throws -> [UInt8] {
    let dataset = try Dataset.open(.file(file(name)), mapping: .plain)
    try dataset.export(to: file("unpacked")) { _ in .asIs }
    defer { unsafe unlink(file("unpacked")) }
    return try read("unpacked")
  }
}
