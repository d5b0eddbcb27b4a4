import PreferenceData
public import TerminalSurface

extension Settings {
  /// The settings of a run.
  ///
  /// The environment wins over the file, and the file over what Demur comes with; options, which are
  /// read later, win over all. `NO_COLOR` counts as `DEMUR_COLOR=never` where that is not set. An
  /// empty variable is none.
  ///
  /// - Returns: The settings, and everything that could not be meant so, in the order of the file and
  ///   then of the variables. What is wrong changes nothing.
  public static func read(
    _ file: TOMLFile?, environment: [String: String]
  ) -> (settings: Settings, problems: [SettingProblem]) {
    var reading = SettingsReading()
    let entries = file?.entries ?? []
    for entry in entries.sorted(by: { ($0.line ?? .max) < ($1.line ?? .max) }) {
      reading.read(entry)
    }
    reading.bindKeys()
    reading.readEnvironment(environment)
    return (reading.settings, reading.problems)
  }
}

/// Turns entries of a file and variables into settings.
private struct SettingsReading {
  private(set) var settings = Settings()
  private(set) var problems: [SettingProblem] = []

  mutating func read(_ entry: TOMLFile.Entry) {
    let name = entry.key.joined(separator: ".")
    if entry.key.count == 3, entry.key[0] == "keys" {
      readKeys(entry, scope: entry.key[1], action: entry.key[2])
    } else if entry.key.count == 1, let setting = Setting(rawValue: name) {
      let text = entry.value.plainText ?? ""
      guard let value = setting.kind.value(text) else {
        return complain(.wrongValue(setting, text), at: entry.line)
      }
      settings.values[setting] = .init(text: value, source: .file(line: entry.line))
    } else {
      let known = Setting.allCases.map(\.rawValue) + KeyScope.allCases.map { "keys.\($0.rawValue)" }
      complain(
        .unknownName(name, nearest: Suggestion.nearest(to: name, among: known)), at: entry.line)
    }
  }

  private mutating func readKeys(_ entry: TOMLFile.Entry, scope: String, action name: String) {
    guard let scope = KeyScope(rawValue: scope) else {
      let known = KeyScope.allCases.map(\.rawValue)
      return complain(
        .unknownScope(scope, nearest: Suggestion.nearest(to: scope, among: known)), at: entry.line)
    }
    let scopes = Action(rawValue: name).map(Keymap.standard.scopes(of:)) ?? []
    guard let action = Action(rawValue: name), !scopes.isEmpty else {
      let known = Keymap.standard.bindings(in: scope).map(\.action.rawValue)
      return complain(
        .unknownAction(name, scope, nearest: Suggestion.nearest(to: name, among: known)),
        at: entry.line)
    }
    guard scopes.contains(scope) else {
      return complain(.elsewhere(action, scope, scopes), at: entry.line)
    }
    let notations: [String]
    switch entry.value {
    case .text(let text): notations = [text]
    case .texts(let texts): notations = texts
    default: return complain(.noKeys(action), at: entry.line)
    }
    var sequences: [KeySequence] = []
    for notation in notations {
      do throws(KeySequence.Mistake) {
        sequences.append(try KeySequence.read(notation))
      } catch {
        return complain(.wrongKey(action, error), at: entry.line)
      }
    }
    settings.rebindings.append(.init(action, scope, sequences, line: entry.line))
  }

  /// Puts the keys of the file into the table, unless the table would then be none.
  mutating func bindKeys() {
    let keymap = Keymap.standard.rebound(settings.rebindings)
    let before = problems.count
    for clash in keymap.clashes { complain(of: clash) }
    for action in Keymap.indispensable
    where !keymap.bindings.contains(where: { $0.action == action && !$0.sequences.isEmpty }) {
      complain(.withoutKey(action), at: line(of: action, keymap.scopes(of: action).first))
    }
    if problems.count == before { settings.keymap = keymap }
  }

  private mutating func complain(of clash: Keymap.Clash) {
    let first = holder(clash.bindings[0])
    var hidden: [(sequence: KeySequence, holder: SettingProblem.Holder)] = []
    for binding in clash.bindings.dropFirst() {
      for sequence in binding.sequences
      where sequence != clash.sequence && sequence.begins(with: clash.sequence.keys)
        && !hidden.contains(where: { $0.sequence == sequence })
      {
        hidden.append((sequence, holder(binding)))
      }
    }
    if let one = hidden.first {
      complain(
        .hidden(
          one.sequence, others: hidden.count - 1, by: clash.sequence, clash.scope, first, one.holder
        ),
        at: [first.line, one.holder.line].compactMap { $0 }.max())
    }
    for binding in clash.bindings.dropFirst()
    where binding.action != first.action && binding.sequences.contains(clash.sequence) {
      let second = holder(binding)
      complain(
        .clash(clash.sequence, clash.scope, first, second),
        at: [first.line, second.line].compactMap { $0 }.max())
    }
  }

  private func holder(_ binding: Keymap.Binding) -> SettingProblem.Holder {
    .init(
      action: binding.action, scope: binding.scope, line: line(of: binding.action, binding.scope))
  }

  private func line(of action: Action, _ scope: KeyScope?) -> Int? {
    settings.rebindings.last { $0.action == action && $0.scope == scope }?.line
  }

  mutating func readEnvironment(_ environment: [String: String]) {
    for setting in Setting.allCases {
      var variable = setting.variable
      var text = environment[variable] ?? ""
      // no-color.org: set and not empty, whatever it says.
      if setting == .color, text.isEmpty, environment["NO_COLOR"]?.isEmpty == false {
        (variable, text) = ("NO_COLOR", "never")
      }
      guard !text.isEmpty else { continue }
      guard let value = setting.kind.value(text) else {
        problems.append(.init(place: .variable(variable), reason: .wrongValue(setting, text)))
        continue
      }
      settings.values[setting] = .init(text: value, source: .environment(variable))
    }
  }

  private mutating func complain(_ reason: SettingProblem.Reason, at line: Int?) {
    problems.append(.init(place: .line(line), reason: reason))
  }
}
