/// OpenAI's preference fine-tuning, as Azure, Together and Fireworks take it too (OpenAI, "Direct
/// preference optimization"). Arguments of tool calls are JSON texts there, and a side holds what the
/// assistant and the tools say.
struct OpenAITarget: PairWriting {
  let name = "openai"
  let summary = "OpenAI, Azure, Together, Fireworks"
  var reader: any RowFormat { OpenAIPreference() }

  private static let dialect = MessageDialect(
    holdsReasoning: false, mediaTypes: ["image_url", "input_audio", "file"], holdsOtherRoles: false)

  func object(for pair: Comparison) throws(Inexpressible) -> [JSONValue.Member] {
    guard !pair.context.isEmpty else { throw .noContext }
    guard pair.surroundings.media.isEmpty else { throw .media }
    for turn in pair.chosen + pair.rejected where turn.role != .assistant && turn.role != .tool {
      throw .turnOrder
    }
    guard [pair.chosen, pair.rejected].allSatisfy({ $0.contains { $0.role == .assistant } }) else {
      throw .turnOrder
    }
    for turn in pair.context + pair.chosen + pair.rejected where !turn.hasTextArguments {
      throw .tools
    }
    var input: [JSONValue.Member] = [
      .init("messages", try Self.dialect.messages(pair.context))
    ]
    if let tools = try pair.surroundings.toolList { input.append(.init("tools", tools)) }
    if let parallel = pair.surroundings.parallelToolCalls {
      input.append(.init("parallel_tool_calls", parallel))
    }
    return [
      .init("input", .object(input)),
      .init("preferred_output", try Self.dialect.messages(pair.chosen)),
      .init("non_preferred_output", try Self.dialect.messages(pair.rejected)),
    ]
  }
}

extension Turn {
  /// Whether the arguments of every call are a JSON text.
  fileprivate var hasTextArguments: Bool {
    (message?["tool_calls"]?.children ?? []).allSatisfy { call in
      call["function"]?["arguments"]?.kind == .string
    }
  }
}
