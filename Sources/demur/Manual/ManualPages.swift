import CurationInterface
import PreferenceScoring
import TerminalSurface

/// The pages of the manual, made from the tables that the program itself goes by.
enum ManualPages {
  static let names = ["demur", "demur-keys", "demur-theme", "demur-query", "demur-journal"]

  /// The page `name`; nil where there is none.
  static func page(named name: String) throws -> ManualPage? {
    switch name {
    case "demur": try program(CommandDescription.ofProgram())
    case "demur-keys": keys
    case "demur-theme": theme
    case "demur-query": query
    case "demur-journal": journal
    default: nil
    }
  }

  private static func program(_ program: CommandDescription) -> ManualPage {
    var page = ManualPage(
      name: "demur", section: 1, summary: "find, judge and mend wrong labels in preference data",
      blocks: [
        .section("Synopsis"), .example(["demur FILE", "demur COMMAND [ARGUMENTS]"]),
        .section("Description"),
        .paragraph(
          "Demur opens a file of preference pairs, finds the labels that are probably wrong, shows "
            + "them worst first, lets a person decide with one key, and writes a cleaned file."),
        .section("Commands"),
      ])
    page.blocks += program.ownSubcommands.map { .item($0.commandName, $0.abstract ?? "") }
    for command in program.ownSubcommands {
      page.blocks += blocks(of: command, path: ["demur", command.commandName])
    }
    page.blocks.append(.section("Environment"))
    page.blocks += Setting.allCases.map {
      .item($0.variable, "\($0.summary); takes \($0.kind.text), as the setting \($0.rawValue)")
    }
    page.blocks += [
      .item("DEMUR_CONFIG", "the configuration file"),
      .item("NO_COLOR", "where it is set and not empty, no colour is used"),
      .item("COLORTERM", "truecolor or 24bit: the terminal shows every colour"),
      .item(
        "XDG_CONFIG_HOME, XDG_STATE_HOME", "where configuration, and reviews without a place, are"),
      .section("Files"),
      .item("FILE.demur/review.sqlite", "the review: every decision; see demur-journal(5)"),
      .item("FILE.demur/scores.sqlite", "kept scores, safe to delete"),
      .item("~/.config/demur/config.toml", "settings and keys; see demur-keys(5)"),
      .item("~/.config/demur/Themes/", "themes of one's own; see demur-theme(5)"),
      .section("Exit status"),
    ]
    page.blocks += ExitStatus.allCases.map { .item("\($0.rawValue)", $0.summary) }
    page.blocks += [
      .section("See also"),
      .paragraph(names.dropFirst().map { "\($0)(5)" }.joined(separator: ", ")),
    ]
    return page
  }

  private static func blocks(
    of command: CommandDescription, path: [String]
  ) -> [ManualPage.Block] {
    var blocks: [ManualPage.Block] = [.section(path.joined(separator: " "))]
    if let abstract = command.abstract { blocks.append(.paragraph(abstract)) }
    if let discussion = command.discussion {
      blocks.append(
        .example(
          discussion.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)))
    }
    blocks += command.ownArguments.map { argument in
      let standard = argument.standard.map { " (default: \($0))" } ?? ""
      return .item(argument.usage, (argument.abstract ?? "") + standard)
    }
    for inner in command.ownSubcommands {
      blocks += self.blocks(of: inner, path: path + [inner.commandName])
    }
    return blocks
  }

  private static var keys: ManualPage {
    var page = ManualPage(
      name: "demur-keys", section: 5, summary: "the keys of Demur, and how to change them",
      blocks: [
        .section("Description"),
        .paragraph(
          "Keys are changed in the configuration file ('demur config path'). A section names a view, "
            + "a line in it an action and its keys, one text or a list of texts; an empty list takes "
            + "the keys away. Keys of [keys.everywhere] are live in every view."),
        .example([
          "[keys.pair]", "swap-preference = [\"s\", \"S\"]", "decide-drop = []",
          "[keys.everywhere]", "open-dashboard = \"g Tab\"",
        ]),
        .paragraph(
          "Two characters, or names with blanks between them, are pressed one after the other. A key "
            + "that asks for two things, or that is never reached because a shorter one acts at once, "
            + "is refused at the start with both lines; 'demur keys check' looks for them. Ctrl-I, "
            + "Ctrl-J, Ctrl-M and Ctrl-H cannot be told from Tab, Enter and Backspace. No key "
            + "is live while text is typed."),
        .section("Names of keys"),
        .paragraph(KeyPress.names.joined(separator: ", ") + ", and every single character."),
      ])
    for scope in KeyScope.allCases {
      let bindings = Keymap.standard.bindings.filter { $0.scope == scope }
      guard !bindings.isEmpty else { continue }
      page.blocks.append(.section("[keys.\(scope.rawValue)]"))
      page.blocks += bindings.map { binding in
        let keys = binding.sequences.map(\.description).joined(separator: "  ")
        return .item("\(binding.action.rawValue)   \(keys)", binding.summary)
      }
    }
    page.blocks += [.section("See also"), .paragraph("demur(1)")]
    return page
  }

  private static var theme: ManualPage {
    var page = ManualPage(
      name: "demur-theme", section: 5, summary: "how Demur looks",
      blocks: [
        .section("Description"),
        .paragraph(
          "A theme is a TOML file NAME.theme in ~/.config/demur/Themes, or anywhere when it is named "
            + "by its path. 'demur theme check' measures contrast: text wants 4.5:1, lines and bars "
            + "3:1, at every number of colours."),
        .example([
          "inherits = \"dark\"", "variant = \"dark\"", "[palette]", "blue = \"#7cc4ff\"", "[roles]",
          "\"side.a\" = \"blue on default, bold\"", "[roles-16]",
          "\"side.a\" = \"black on bright-cyan\"",
        ]),
        .paragraph(
          "A colour is a name of [palette], #rrggbb, a number from 0 to 255, one of the sixteen by "
            + "name, or default. Attributes are bold, dim, italic, underline and reverse. "
            + "[roles-256], [roles-16] and [roles-mono] say what [roles] cannot with fewer colours. A "
            + "role that is not named looks like the one its name begins with, at last like text."),
        .section("Roles"),
      ])
    page.blocks.append(.paragraph(ThemeRole.allCases.map(\.rawValue).joined(separator: ", ")))
    page.blocks += [.section("See also"), .paragraph("demur(1)")]
    return page
  }

  private static var query: ManualPage {
    ManualPage(
      name: "demur-query", section: 5, summary: "how Demur is asked for rows",
      blocks: [
        .section("Description"),
        .paragraph(
          "The filter on screen, 'demur ls -q' and 'demur export --rows' take the same language. Terms "
            + "beside each other all hold, and bind closer than OR; - denies a term; parentheses "
            + "group."),
        .example([
          "susp>.8 words(a)>2*words(b) -status:done OR prompt~/refund|money/i sort:-susp,row"
        ]),
        .section("Terms"),
        .item("NUMBER > NUMBER", "also < >= <= = !=, and + - * / between numbers"),
        .item("words(TEXT) chars(TEXT) lines(TEXT)", "how long a text is"),
        .item(
          "NAME:VALUE,VALUE", "one of the values: status, why, conflict, tag, source and others"),
        .item("word \"two words\" TEXT:word", "words in prompt and responses, or in one text"),
        .item("TEXT~/EXPRESSION/i", "a regular expression (PCRE2) in one text"),
        .item("sort:NAME,-NAME", "the order; - puts the highest first"),
        .section("Values"),
        .item("status:", RowStatus.allCases.map(\.rawValue).joined(separator: " ")),
        .item("why:", RowDoubt.allCases.map(\.rawValue).joined(separator: " ")),
        .item("conflict:", RowConflict.allCases.map(\.rawValue).joined(separator: " ")),
        .section("Names"),
        .paragraph(Query.fieldNames.joined(separator: ", ") + ", and col.NAME for a column."),
        .section("See also"), .paragraph("demur(1)"),
      ])
  }

  private static var journal: ManualPage {
    ManualPage(
      name: "demur-journal", section: 5, summary: "what Demur keeps of a review",
      blocks: [
        .section("Description"),
        .paragraph(
          "A review is a list of steps in FILE.demur/review.sqlite, an SQLite data base: tables event, "
            + "decision, place and setting. A step is never changed; to undo is a step too, and the "
            + "present state is what all of them come to, for each row and annotator. 'demur log "
            + "--jsonl' writes the decisions as one JSON object a line, which 'demur apply' reads."),
        .section("Members of a line"),
        .item("id, row", "the row: the file's own id or its identity, and its position from 0"),
        .item("decision", "keep, swap, tie, both-bad, drop or skip: what it means for the label"),
        .item("prefers", "the hash of the preferred side, which counts where it is there"),
        .item(
          "pair", "in a row of more than two responses: the hashes of the two that were judged"),
        .item("better, worse", "their positions, as the label had them"),
        .item("strength", "1 better, 2 much better, 3 beyond doubt"),
        .item("note, tags, reason", "what the annotator said"),
        .item("annotator, at", "who, and when (ISO 8601)"),
        .item("served", "why and how the row was shown: what cannot be found out later"),
        .item("undone", "true where the decision has been taken back"),
        .section("See also"), .paragraph("demur(1)"),
      ])
  }
}
