import Testing

@testable import PreferenceData

@Suite("Conversions")
struct ConversionTests {
  static let names = TargetFormats.all.map(\.name)

  static func conversion(
    _ name: String, adding: [AddedColumn] = [], tiesInBothOrders: Bool = false
  ) throws -> Conversion {
    Conversion(
      to: try #require(TargetFormats.all.first { $0.name == name }), adding: adding,
      tiesInBothOrders: tiesInBothOrders)
  }

  static func row(_ json: String, carryingHalves: Bool = false) throws -> ConvertibleRow {
    let bytes = Array(json.utf8)
    let root = try JSONDocument(lenient: bytes.span, carryingHalves: carryingHalves).root
    let plain = try JSONDocument(lenient: bytes.span)
    let format = try RowFormats.detect([plain]).get().format
    return ConvertibleRow(
      try format.row(from: root).get(), root: root, carriesHalves: carryingHalves)
  }

  static let note = RowNote(file: "rows.jsonl", row: 0, id: nil)

  static func converted(
    _ row: ConvertibleRow, to name: String, as label: PreferenceLabel? = nil,
    tiesInBothOrders: Bool = false
  ) throws -> Result<[String], Inexpressible> {
    try conversion(name, tiesInBothOrders: tiesInBothOrders)
      .objects(of: row, label: label ?? row.row.label, note: note)
      .map { $0.map(\.text) }
  }

  static func converted(_ json: String, to name: String) throws -> Result<[String], Inexpressible> {
    try converted(row(json), to: name)
  }

  @Test("forms have names of their own")
  func namesDiffer() {
    #expect(Set(Self.names).count == Self.names.count)
    #expect(!Self.names.contains("same"))
  }

  /// One plain pair of a system prompt, a question and two answers, in every form that takes it.
  static let pair =
    #"{"messages":[{"role":"user","content":"q\n"}],"#
    + #""chosen":{"role":"assistant","content":"a"},"rejected":{"role":"assistant","content":"b"}}"#

  static let user = #"{"role":"user","content":"q\n"}"#
  static let better = #"{"role":"assistant","content":"a"}"#
  static let worse = #"{"role":"assistant","content":"b"}"#

  static let written: [(name: String, objects: [String])] = [
    ("trl", [#"{"prompt":[\#(user)],"chosen":[\#(better)],"rejected":[\#(worse)]}"#]),
    ("trl-implicit", [#"{"chosen":[\#(user),\#(better)],"rejected":[\#(user),\#(worse)]}"#]),
    ("trl-standard", [#"{"prompt":"q\n","chosen":"a","rejected":"b"}"#]),
    ("trl-standard-implicit", [#"{"chosen":"q\na","rejected":"q\nb"}"#]),
    (
      "hh",
      [
        #"{"chosen":"\n\nHuman: q\n\n\nAssistant: a","rejected":"\n\nHuman: q\n\n\nAssistant: b"}"#
      ]
    ),
    (
      "openai",
      [
        #"{"input":{"messages":[\#(user)]},"preferred_output":[\#(better)],"#
          + #""non_preferred_output":[\#(worse)]}"#
      ]
    ),
    (
      "llama-factory",
      [
        #"{"conversations":[{"from":"human","value":"q\n"}],"chosen":{"from":"gpt","value":"a"},"#
          + #""rejected":{"from":"gpt","value":"b"}}"#
      ]
    ),
    ("axolotl", [#"{"messages":[\#(user)],"chosen":\#(better),"rejected":\#(worse)}"#]),
    ("openrlhf", [#"{"chosen":[\#(user),\#(better)],"rejected":[\#(user),\#(worse)]}"#]),
    (
      "kto",
      [
        #"{"prompt":[\#(user)],"completion":[\#(better)],"label":true}"#,
        #"{"prompt":[\#(user)],"completion":[\#(worse)],"label":false}"#,
      ]
    ),
    (
      "ms-swift",
      [#"{"messages":[\#(user),\#(better)],"rejected_messages":[\#(user),\#(worse)]}"#]
    ),
    (
      "nemo-rl",
      [
        #"{"context":[\#(user)],"completions":[{"rank":0,"completion":[\#(better)]},"#
          + #"{"rank":1,"completion":[\#(worse)]}]}"#
      ]
    ),
  ]

  @Test("a plain pair is written as each trainer documents it", arguments: written)
  func plainPair(name: String, objects: [String]) throws {
    #expect(try Self.converted(Self.pair, to: name) == .success(objects))
    #expect(Self.written.map(\.name) == Self.names)
  }

  @Test("a label that a decision turned round is written turned round", arguments: written)
  func turnedRound(name: String, objects: [String]) throws {
    let row = try Self.row(Self.pair)
    let label = try #require(row.row.label.preferring(1, of: 2))
    let swapped = Self.pair.replacing(#""a""#, with: #""x""#).replacing(#""b""#, with: #""a""#)
      .replacing(#""x""#, with: #""b""#)
    #expect(
      try Self.converted(row, to: name, as: label) == Self.converted(Self.row(swapped), to: name))
  }

  @Test(
    "what comes out opens by itself as the same pair, whatever layout it came in",
    arguments: GeneratedRows.Layout.allCases)
  func comesBack(layout: GeneratedRows.Layout) throws {
    var written = 0
    for seed in 0..<40 {
      var rows = GeneratedRows(seed: seed)
      let row = try Self.row(rows.row(layout))
      for name in Self.names {
        guard case .success(let objects) = try Self.converted(row, to: name) else { continue }
        let documents = try objects.map { try JSONDocument(lenient: Array($0.utf8).span) }
        let format = try RowFormats.detect(documents).get().format
        let read = try documents.map { try format.row(from: $0.root).get() }
        written += 1
        switch name {
        case "kto":
          #expect(read.map(\.sides) == row.row.sides.map { [Side(turns: $0.turns)] })
          #expect(read.map(\.label) == [.desirable, .undesirable])
          #expect(read.allSatisfy { $0.context == row.row.context })
        case "trl-standard-implicit":
          #expect(read[0].label.preferred == 0)
        default:
          #expect(read.map(\.pairID) == [row.row.pairID], "\(name)")
          #expect(read[0].context == row.row.context, "\(name)")
          #expect(read[0].sides.map(\.turns) == row.row.sides.map(\.turns), "\(name)")
          #expect(read[0].label.preferred == row.row.label.preferred, "\(name)")
        }
      }
    }
    // A joint preference has no prompt; and where each side has pictures of its own, no form but the
    // one it comes in has a place for them.
    switch layout {
    case .conversation: #expect(written == 0)
    case .joint: #expect(written > 40 * 2)
    default: #expect(written > 40 * 4)
    }
  }

  static let tools =
    #"{"prompt":[{"role":"developer","content":"Use tools."},{"role":"user","content":"q"},"#
    + #"{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":"#
    + #"{"name":"f","arguments":"{\"x\": 1.50}"}}]},"#
    + #"{"role":"tool","tool_call_id":"c1","name":"f","content":"3"}],"#
    + #""chosen":[{"role":"assistant","content":"three"}],"#
    + #""rejected":[{"role":"assistant","content":"four","tool_calls":null}],"#
    + #""tools":[{"type":"function","function":{"name":"f","parameters":{"limit":0.10}}}]}"#

  @Test("tools, calls, answers and developers go over as they are, or the row is counted")
  func toolsAreCarried() throws {
    let row = try Self.row(Self.tools)
    guard case .success(let lines) = try Self.converted(row, to: "openai") else {
      Issue.record("OpenAI's form holds tools")
      return
    }
    let root = try JSONDocument(lenient: Array(lines[0].utf8).span).root
    let messages = try #require(root["input"]?["messages"]?.children)
    #expect(messages[0]["role"]?.string == "developer")
    #expect(
      messages[2]["tool_calls"]?.children[0]["function"]?["arguments"]?.string == #"{"x": 1.50}"#)
    #expect(messages[3]["tool_call_id"]?.string == "c1")
    #expect(lines[0].contains(#""limit":0.10"#))
    #expect(!lines[0].contains("null}"))
    for name in ["trl", "trl-implicit", "openai", "kto"] {
      #expect(throws: Never.self, "\(name)") { try Self.converted(row, to: name).get() }
    }
    for name in Self.names where !["trl", "trl-implicit", "openai", "kto"].contains(name) {
      #expect(throws: Inexpressible.self, "\(name)") { try Self.converted(row, to: name).get() }
    }
  }

  static let refused: [(name: String, row: String, reason: Inexpressible)] = [
    (
      "trl",
      #"{"chosen":[{"role":"user","content":"x"},{"role":"assistant","content":"a"}],"#
        + #""rejected":[{"role":"user","content":"y"},{"role":"assistant","content":"b"}]}"#,
      .noContext
    ),
    ("trl-standard", #"{"system":"s","prompt":"q","chosen":"a","rejected":"b"}"#, .systemPrompt),
    ("hh", #"{"system":"s","prompt":"q","chosen":"a","rejected":"b"}"#, .systemPrompt),
    // The transcript's mark takes the blank for its own.
    ("hh", #"{"prompt":"q","chosen":" a","rejected":" b"}"#, .readsOtherwise),
    ("hh", #"{"prompt":"q","chosen":"a\n\nHuman: x","rejected":"b"}"#, .readsOtherwise),
    ("trl-standard-implicit", #"{"prompt":"q","chosen":"a","rejected":"b"}"#, .noBoundary),
    ("trl", #"{"prompt":"q","completion":"a","label":true}"#, .singleResponse),
    ("axolotl", tools, .tools), ("nemo-rl", tools, .tools),
    (
      "llama-factory",
      #"{"messages":[{"role":"user","content":"q"},{"role":"user","content":"r"}],"#
        + #""chosen":"a","rejected":"b"}"#, .turnOrder
    ),
    (
      "openai",
      #"{"messages":[{"role":"narrator","content":"q"}],"chosen":"a","rejected":"b"}"#, .role
    ),
    (
      "trl",
      #"{"conversations":[{"from":"human","value":"q"},{"from":"function_call","value":"{}"},"#
        + #"{"from":"observation","value":"1"}],"chosen":{"from":"gpt","value":"a"},"#
        + #""rejected":{"from":"gpt","value":"b"}}"#, .tools
    ),
    (
      "axolotl",
      #"{"prompt":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}},"#
        + #"{"type":"text","text":"q"}]}],"chosen":[{"role":"assistant","content":"a"}],"#
        + #""rejected":[{"role":"assistant","content":"b"}]}"#, .media
    ),
    (
      "openai",
      #"{"prompt":[{"role":"user","content":"q"}],"chosen":[{"role":"assistant","content":"a","#
        + #""reasoning_content":"hm"}],"rejected":[{"role":"assistant","content":"b"}]}"#,
      .reasoning
    ),
  ]

  @Test("a row that a form cannot hold is refused with the reason", arguments: refused)
  func refusals(name: String, row: String, reason: Inexpressible) throws {
    #expect(try Self.converted(row, to: name) == .failure(reason))
  }

  @Test("calls that LLaMA-Factory spells as turns stay such turns there")
  func spelledCalls() throws {
    let row =
      #"{"conversations":[{"from":"human","value":"q"},{"from":"function_call","value":"{}"},"#
      + #"{"from":"observation","value":"1"}],"chosen":{"from":"gpt","value":"a"},"#
      + #""rejected":{"from":"gpt","value":"b"}}"#
    #expect(try Self.converted(row, to: "llama-factory") == .success([row]))
  }

  @Test(
    "pictures with marks in the text go to trainers that read marks, and only with every picture")
  func markedPictures() throws {
    func row(_ images: String) -> String {
      #"{"conversations":[{"from":"human","value":"<image>q"}],"chosen":{"from":"gpt","value":"a"},"#
        + #""rejected":{"from":"gpt","value":"b"},"images":[\#(images)]}"#
    }
    #expect(
      try Self.converted(row(#""x.png""#), to: "llama-factory") == .success([row(#""x.png""#)]))
    #expect(throws: Never.self) { try Self.converted(row(#""x.png""#), to: "ms-swift").get() }
    for name in Self.names where !["llama-factory", "ms-swift"].contains(name) {
      #expect(try Self.converted(row(#""x.png""#), to: name) == .failure(.media), "\(name)")
    }
    #expect(
      try Self.converted(row(#""x.png","y.png""#), to: "llama-factory") == .failure(.media))
  }

  @Test("LLaMA-Factory's blocks become those of chat templates")
  func blocks() throws {
    let row =
      #"{"chosen_messages":[{"role":"user","content":[{"type":"text","value":"q"}],"loss_weight":0.0},"#
      + #"{"role":"assistant","content":[{"type":"text","value":"a"}]}],"rejected_messages":["#
      + #"{"role":"user","content":[{"type":"text","value":"q"}]},"#
      + #"{"role":"assistant","content":[{"type":"text","value":"b"}]}]}"#
    let block = #"[{"type":"text","text":"b"}]"#
    let lines = try Self.converted(row, to: "trl").get()
    #expect(lines[0].contains(#""content":\#(block)"#))
    #expect(lines[0].contains(#""loss_weight":0.0"#))
    #expect(
      try Self.converted(row, to: "trl-standard")
        == .success([#"{"prompt":"q","chosen":"a","rejected":"b"}"#]))
  }

  @Test("half a surrogate pair comes out as it was spelled, in every form that takes the row")
  func halves() throws {
    let json = #"{"prompt":"q\ud83d \n","chosen":"a\uDE00\ud83d\ude00","rejected":"b\udfff"}"#
    let row = try Self.row(json, carryingHalves: true)
    for name in Self.names {
      let text = try Self.converted(row, to: name).get().joined()
      for half in [#"q\ud83d "#, #"a\ude00😀"#, #"b\udfff"#] {
        #expect(text.contains(half), "\(name)")
      }
    }
    // The same scalars as text of a file are text.
    let plain = try Self.row("{\"prompt\":\"q\",\"chosen\":\"a\u{10D83D}\",\"rejected\":\"b\"}")
    #expect(try Self.converted(plain, to: "trl-standard").get()[0].contains("a\u{10D83D}"))
  }

  @Test("a tie is written in both orders where that is asked for, and counted elsewhere")
  func ties() throws {
    let row = try Self.row(Self.pair)
    for name in Self.names {
      #expect(try Self.converted(row, to: name, as: .tie) == .failure(.tie))
      let both = try Self.converted(row, to: name, as: .tie, tiesInBothOrders: true)
      guard name != "kto" else {
        // Each response would be good and bad.
        #expect(both == .failure(.tie))
        continue
      }
      let orders = try [0, 1].flatMap {
        try Self.converted(row, to: name, as: .prefers($0)).get()
      }
      #expect(try both.get() == orders)
    }
    #expect(try Self.converted(row, to: "trl", as: .bothBad) == .failure(.noPreference))
    #expect(try Self.converted(row, to: "trl", as: PreferenceLabel.none) == .failure(.noPreference))
  }

  @Test("a ranking becomes the pairs that it says, the better one chosen")
  func rankings() throws {
    let sides = ["a", "b", "c"].map { Side(turns: [Turn(.assistant, $0)]) }
    let ranking = PreferenceRow(
      context: [Turn(.user, "q")], sides: sides, label: .ranks([1, 0, 1]))
    let row = ConvertibleRow(ranking, root: try JSONDocument(lenient: Array("{}".utf8).span).root)
    #expect(
      try Self.converted(row, to: "trl-standard").get() == [
        #"{"prompt":"q","chosen":"b","rejected":"a"}"#,
        #"{"prompt":"q","chosen":"b","rejected":"c"}"#,
      ])
    #expect(try Self.converted(row, to: "kto") == .failure(.ranking))
    let turned = try #require(ranking.label.preferring(2, of: 3))
    #expect(turned == .ranks([1, 1, 0]))
    #expect(PreferenceLabel.ranks([0, 0, 1]).preferring(2, of: 3) == nil)
  }

  @Test("a rating stays one row of KTO")
  func ratings() throws {
    let row = #"{"prompt":"q","completion":"a","label":false}"#
    #expect(
      try Self.converted(row, to: "kto")
        == .success([
          #"{"prompt":[{"role":"user","content":"q"}],"#
            + #""completion":[{"role":"assistant","content":"a"}],"label":false}"#
        ]))
  }

  @Test("LLaMA-Factory's entry names the columns that are there")
  func registration() throws {
    let target = try #require(TargetFormats.all.first { $0.name == "llama-factory" })
    let entry = target.registration(of: "clean.jsonl.gz", columns: ["conversations", "tools"])
    #expect(
      entry?.text
        == #"{"clean":{"file_name":"clean.jsonl.gz","ranking":true,"formatting":"sharegpt","#
        + #""columns":{"messages":"conversations","chosen":"chosen","rejected":"rejected","#
        + #""tools":"tools"}}}"#)
    #expect(TargetFormats.all.count { $0.registration(of: "x", columns: []) != nil } == 1)
  }
}
