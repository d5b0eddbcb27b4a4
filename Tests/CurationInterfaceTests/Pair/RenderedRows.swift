import PreferenceData

/// Rows with one of everything that rendering has to cope with.
enum RenderedRows {
  static let code = SampleRows.pair(
    "Reverse a string in Python.",
    """
    Use a **slice**:

    ```python
    def reverse(text):  # keeps "text"
        return text[::-1]
    ```

    It takes `O(n)` time.
    """,
    """
    Use a **loop**:

    ```python
    def reverse(text):
        result = ""
        for letter in text:
            result = letter + result
        return result
    ```

    It takes `O(n)` time.
    """)

  static let table = SampleRows.pair(
    "Compare the two plans.",
    """
    # Plans

    |plan|price|good for|
    |-|-|-|
    |basic|3|one person|
    |日本語|12|a team of five|

    1. Take **basic** first.
    2. Change later.
    """,
    "It depends. See https://example.com/plans for both of them.")

  static let reasoning = SampleRows.pair(
    "What is 17 * 3?",
    "<think>\n17 * 3 is 10 * 3 and 7 * 3.\nThat is 30 and 21.\n</think>\n\n17 * 3 = 51.",
    "<think>\nSeventeen threes.\n</think>\n\n17 * 3 = 41.")

  static let tools: Result<PreferenceRow, RowProblem> = .success(
    PreferenceRow(
      context: [
        Turn(.system, "Use tools.\nAnswer in one sentence."),
        Turn(.user, "How warm is it in Oslo?"),
        Turn(.assistant, "weather({\"city\": \"Oslo\", \"days\": 1})"),
        Turn(.tool, "{\"celsius\": -4, \"snow\": true}"),
      ],
      sides: [
        Side(turns: [Turn(.assistant, "It is -4 degrees, with snow.")]),
        Side(turns: [Turn(.assistant, "weather({\"city\": \"Oslo\", \"days\": 7})")]),
      ], label: .prefers(0)))

  static let image = SampleRows.pair(
    "[image: photos/cat.png]\nWhat is on this picture?", "A cat ![cat](cat.jpg).", "A dog.")

  /// Sides that share most paragraphs, with some missing on either.
  static let edited = SampleRows.pair(
    "How do I return a parcel?",
    """
    Write to the shop first and keep the answer.

    Take the parcel to the post office within fourteen days of the day on which it came to you.

    Keep the receipt until the money is back.
    """,
    """
    Write to the shop first and keep the answer.

    Say why.

    Ask for a label.

    Take the parcel to the post office within fourteen days of the day on which it came to you.

    Keep the slip until the money is back.
    """)

  static let hostile = SampleRows.pair(
    "Go.",
    "```sh\n\u{1B}[31mecho \u{9B}2J\u{202E}\n```\n|a\u{1B}]52;c;\u{7}|b|\n|-|-|\n|\u{200B}|c|\n<think>\u{1B}c x</think>",
    "# \u{1B}[2J\n**\u{7}bold** `\u{0}`\n[image: \u{1B}[H]")

  static let rows = [code, table, reasoning, tools, image, edited, hostile]

  static var mirrored: [Result<PreferenceRow, RowProblem>] {
    rows.map { $0.map(\.labelSwapped) }
  }
}
