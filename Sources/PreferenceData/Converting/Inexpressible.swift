/// Why a row cannot be written in another form without losing or changing something of it.
///
/// The row is then counted and left out: a conversion never writes half of a row.
public enum Inexpressible: String, Error, Hashable, Sendable, CaseIterable {
  /// The file's row is no preference row, so there is nothing to write.
  case unreadable
  /// The file has numbers of tokens in place of texts.
  case tokens
  /// Bytes that are no UTF-8, or halves of surrogate pairs that cannot be carried.
  case damagedText = "damaged_text"
  /// A number that JSON cannot hold.
  case number
  /// The file prefers none of the sides.
  case noPreference = "no_preference"
  /// The sides are a tie, and the form holds none.
  case tie
  /// A single response, and the form compares two.
  case singleResponse = "single_response"
  /// A ranking says which side is better, and the form wants to know which is good.
  case ranking
  /// Nothing comes before the sides, and the form takes a prompt.
  case noContext = "no_context"
  /// The context is more than one turn of the user.
  case severalTurns = "several_turns"
  /// A side is more than one turn of the assistant.
  case severalAnswers = "several_answers"
  /// The turns do not alternate as the form demands.
  case turnOrder = "turn_order"
  case systemPrompt = "system_prompt"
  /// A speaker of whom the form knows nothing.
  case role
  /// Tools, their calls or their results.
  case tools
  /// Reasoning beside the answer.
  case reasoning
  /// Pictures, sound or films.
  case media
  /// Content in several blocks, and the form takes one text.
  case blocks
  /// Nothing would part the prompt from the answers behind it.
  case noBoundary = "no_boundary"
  /// Written so, the row would be read as another one.
  case readsOtherwise = "reads_otherwise"
}
