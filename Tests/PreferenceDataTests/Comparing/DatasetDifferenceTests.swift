import PreferenceData
import Testing

@Suite("What became of the rows of a data set")
struct DatasetDifferenceTests {
  /// A row by its texts; its bytes are a spelling of all of it.
  private struct Row {
    var prompt: String
    var sides: [String]
    var label: PreferenceLabel = .prefers(0)
    var fileID: String?
    var extra = ""

    var compared: ComparedRow {
      let row = PreferenceRow(
        context: [Turn(.user, prompt)],
        sides: sides.map { Side(turns: [Turn(.assistant, $0)]) }, label: label,
        fileID: fileID)
      let bytes = "\(prompt)\u{1}\(sides)\u{1}\(label)\u{1}\(fileID ?? "")\u{1}\(extra)"
      return ComparedRow(.success(row), record: StableHash(bytes))
    }
  }

  private func difference(_ old: [Row], _ new: [Row]) -> DatasetDifference {
    DatasetDifference(from: old.map(\.compared), to: new.map(\.compared))
  }

  private func rows(_ count: Int, seed: Int) -> [Row] {
    (0..<count).map {
      Row(prompt: "p\(seed) \($0 / 3)", sides: ["good \($0)", "bad \($0)"], fileID: "\($0)")
    }
  }

  @Test("a data set does not differ from itself")
  func same() {
    let rows = rows(40, seed: 0) + rows(10, seed: 0)
    let found = difference(rows, rows)
    #expect(found.isEmpty)
    #expect(found.unchanged.map(\.old) == Array(rows.indices))
    #expect(found.unchanged.map(\.new) == Array(rows.indices))
  }

  @Test(
    "a ranking whose order is another one is flipped, whichever places change, and moved sides are not"
  )
  func rankings() {
    func row(_ places: [Int], _ sides: [String] = ["a", "b", "c"]) -> Row {
      Row(prompt: "p", sides: sides, label: .ranks(places))
    }
    let old = [row([0, 1, 2])]
    #expect(difference(old, [row([0, 2, 1])]).flipped.count == 1)
    #expect(difference(old, [row([1, 0, 2])]).flipped.count == 1)
    #expect(difference(old, [row([2, 0, 1], ["c", "a", "b"])]).touched.count == 1)
    #expect(difference(old, old).isEmpty)
    var tied = old
    tied[0].label = .tie
    #expect(difference(old, tied).relabelled.count == 1)
    var best = old
    best[0].label = .prefers(0)
    #expect(difference([row([0, 1, 1])], best).touched.count == 1)
  }

  @Test("every row of both is counted once, whatever was done to them", arguments: 0..<30)
  func conservation(seed: UInt64) {
    let old = rows(60, seed: 1)
    var new: [Row] = []
    var counts = (touched: 0, flipped: 0, relabelled: 0, edited: 0, removed: 0, added: 0)
    for (number, original) in old.enumerated() {
      var row = original
      let draw = StableHash("\(number)", seed: seed)
      switch draw.low % 8 {
      case 0:
        counts.removed += 1
        continue
      case 1:
        row.sides.reverse()
        counts.flipped += 1
      case 2:
        row.label = .tie
        counts.relabelled += 1
      case 3:
        row.sides[Int(draw.high % 2)] += " edited"
        counts.edited += 1
      case 4:
        row.extra = "more"
        counts.touched += 1
      case 5:
        new.append(Row(prompt: "new \(new.count)", sides: ["x\(new.count)", "y"]))
        counts.added += 1
      default: break
      }
      new.append(row)
    }
    let found = difference(old, new)
    #expect(found.touched.count == counts.touched)
    #expect(found.flipped.count == counts.flipped)
    #expect(found.relabelled.count == counts.relabelled)
    #expect(found.edited.count == counts.edited)
    #expect(found.removed.count == counts.removed)
    #expect(found.added.count == counts.added)
    #expect(!found.isReordered)
    let groups = [
      found.unchanged, found.touched, found.flipped, found.relabelled, found.edited,
    ]
    let olds = groups.flatMap { $0.map(\.old) } + found.removed
    let news = groups.flatMap { $0.map(\.new) } + found.added
    #expect(olds.sorted() == Array(old.indices))
    #expect(news.sorted() == Array(new.indices))

    let back = difference(new, old)
    #expect(back.removed == found.added)
    #expect(back.added == found.removed)
    #expect(back.flipped.map(\.old).sorted() == found.flipped.map(\.new).sorted())
    #expect(back.edited.count == found.edited.count)
  }

  @Test("moving the sides and the label together changes nothing that is said")
  func sidesMoved() {
    let old = Row(prompt: "p", sides: ["a", "b"], label: .prefers(0))
    let new = Row(prompt: "p", sides: ["b", "a"], label: .prefers(1))
    #expect(difference([old], [new]).touched.count == 1)
    #expect(difference([old], [Row(prompt: "p", sides: ["b", "a"])]).flipped.count == 1)
  }

  @Test("of contradictory copies each is matched with the one that says the same")
  func copies() {
    let yes = Row(prompt: "p", sides: ["a", "b"])
    let no = Row(prompt: "p", sides: ["b", "a"])
    let found = difference([yes, no], [no, yes])
    #expect(found.unchanged == [.init(old: 0, new: 1), .init(old: 1, new: 0)])
    #expect(found.flipped.isEmpty)
    #expect(found.isReordered)
    let fewer = difference([yes, no, no], [no, yes])
    #expect(fewer.removed == [2])
  }

  @Test("an edit is only said where one row on either side can be meant")
  func ambiguousEdits() {
    let old = [
      Row(prompt: "p", sides: ["a", "b"]), Row(prompt: "p", sides: ["a", "c"]),
    ]
    let new = [Row(prompt: "p", sides: ["a", "d"])]
    let found = difference(old, new)
    #expect(found.edited.isEmpty)
    #expect(found.removed == [0, 1] && found.added == [0])
    let clear = difference([old[0]], new)
    #expect(clear.edited == [.init(old: 0, new: 0)])
  }

  @Test("rows that cannot be read are compared by their bytes")
  func unreadable() {
    func broken(_ bytes: String) -> ComparedRow {
      ComparedRow(
        .failure(RowProblem(row: 0, line: 1, column: nil, reason: .tooLong(bytes: 9))),
        record: StableHash(bytes))
    }
    let found = DatasetDifference(
      from: [broken("x"), broken("y")], to: [broken("y"), broken("z")])
    #expect(found.unchanged == [.init(old: 1, new: 0)])
    #expect(found.removed == [0] && found.added == [1])
  }
}
