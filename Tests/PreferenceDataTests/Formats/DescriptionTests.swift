import Testing

@testable import PreferenceData

@Suite("Descriptions beside a data set")
struct DescriptionTests {
  private func document(_ text: String) throws -> JSONDocument {
    try JSONDocument(lenient: Array(text.utf8).span)
  }

  private static let info = """
    {"other": {"file_name": "b.json"},
     "sft": {"file_name": "a.json", "columns": {"prompt": "q"}},
     "mine": {"file_name": "a.json", "ranking": true, "columns":
      {"prompt": "q", "query": "about", "history": "before", "system": "sys", "chosen": "good",
       "rejected": "bad"}},
     "chat": {"file_name": "c.json", "ranking": true, "formatting": "sharegpt",
      "columns": {"messages": "talk", "chosen": "yes", "rejected": "no"},
      "tags": {"role_tag": "who", "content_tag": "said", "user_tag": "U", "assistant_tag": "M"}}}
    """

  @Test("the entry of the file is found, and one without a ranking is passed over")
  func entries() throws {
    let document = try document(Self.info)
    #expect(LLaMAFactoryEntry(of: "a.json", in: document)?.name == "mine")
    #expect(LLaMAFactoryEntry(of: "c.json", in: document)?.name == "chat")
    #expect(LLaMAFactoryEntry(of: "b.json", in: document) == nil)
    #expect(LLaMAFactoryEntry(of: "x.json", in: document) == nil)
    // Hugging Face's own file of that name has no entries.
    let other = try self.document(#"{"builder_name":"json","features":{"chosen":{}}}"#)
    #expect(LLaMAFactoryEntry(of: "a.json", in: other) == nil)
  }

  @Test("its columns are read as the trainer reads them")
  func alpaca() throws {
    let entry = try #require(LLaMAFactoryEntry(of: "a.json", in: try document(Self.info)))
    let row = try document(
      #"{"q":"Say","about":"hello","before":[["hi","yes?"]],"sys":"be brief","good":"Hello.","bad":"No."}"#
    )
    let read = try entry.format.row(from: row.root).get()
    #expect(
      read.context == [
        Turn(.system, "be brief"), Turn(.user, "hi"), Turn(.assistant, "yes?"),
        Turn(.user, "Say\nhello"),
      ])
    #expect(read.sides.map(\.text) == ["Hello.", "No."] && read.label == .prefers(0))
    #expect(entry.format.swapEdits(in: row.root)?.isEmpty == false)
    let missing = try document(#"{"q":"Say","good":"Hello."}"#)
    #expect(entry.format.row(from: missing.root) == .failure(.missingField("bad")))
  }

  @Test("messages are read by the words of the tags")
  func sharegpt() throws {
    let entry = try #require(LLaMAFactoryEntry(of: "c.json", in: try document(Self.info)))
    let row = try document(
      #"{"talk":[{"who":"U","said":"hi"}],"yes":{"who":"M","said":"hello"},"no":{"who":"M","said":"go"}}"#
    )
    let read = try entry.format.row(from: row.root).get()
    #expect(read.context == [Turn(.user, "hi")])
    #expect(read.sides.map(\.turns) == [[Turn(.assistant, "hello")], [Turn(.assistant, "go")]])
  }

  @Test("formats that read other columns have other identities")
  func identities() throws {
    let document = try document(Self.info)
    let names = ["a.json", "c.json"].compactMap { LLaMAFactoryEntry(of: $0, in: document) }
      .map { $0.format.identity }
    #expect(Set(names).count == 2)
  }

  @Test("licence and splits of a card are read, however its lists are written")
  func card() throws {
    let card = try #require(
      DatasetCard(
        """
        ---
        language: en
        license: cc-by-4.0  # checked
        configs:
        - config_name: default
          data_files:
          - split: train
            path: "data/train-*"
          - split: test
            path:
            - data/test.jsonl
            - data/more.jsonl
        - config_name: raw
          data_files: raw.csv
        ---
        license: none of this
        """))
    #expect(card.licenses == ["cc-by-4.0"])
    #expect(
      card.splits == [
        .init(configuration: "default", name: "train", path: "data/train-*"),
        .init(configuration: "default", name: "test", path: "data/test.jsonl"),
        .init(configuration: "default", name: "test", path: "data/more.jsonl"),
        .init(configuration: "raw", name: "train", path: "raw.csv"),
      ])
    #expect(
      DatasetCard("---\nlicense:\n- mit\n- apache-2.0\n---\n")?.licenses == ["mit", "apache-2.0"])
  }

  @Test(
    "what is no card says nothing",
    arguments: [
      "", "# Title\nlicense: mit", "---\nlicense: mit\n", "---\nlanguage: en\n---\n",
      "---\nlicense: [mit]\n---\n", "---\nlicense: |\n  text\n---\n",
    ])
  func noCard(text: String) {
    #expect(DatasetCard(text) == nil)
  }
}
