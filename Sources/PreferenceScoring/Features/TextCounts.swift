/// What one pass over a text counts.
struct TextCounts: Equatable {
  var scalars = 0
  var newlines = 0
  var questions = 0
  var exclamations = 0
  var digits = 0
  var bullets = 0
  var quotes = 0
  var parentheses = 0
  var capitals = 0
  var commas = 0
  var colons = 0
  var sentences = 0
  var wordLengths = 0
  var wordsI = 0
  var wordsYou = 0
  var negations = 0
  var refusals = 0
  var hedges = 0
  var clarifications = 0
  var politenesses = 0
  var hasURL = false
  var lastByte: UInt8?
}
