import PreferenceData
import TerminalSurface

extension Session {
  /// The first row of every view: where this is, then engine, saving, mode and name. What does not
  /// fit is left out, the least needed first; whether decisions are saved always shows.
  func drawHeader(_ title: [StyledRun], in frame: inout Frame) {
    let status = [
      (rank: 3, run: engineStatus), (rank: 0, run: savingStatus), (rank: 1, run: modeStatus),
      (rank: 4, run: StyledRun("ann:\(annotator.text)", .textMuted)),
    ]
    var shown: [Int] = []
    var used = 0
    let room = size.columns - 2 - min(Self.leastTitleColumns, size.columns / 3)
    for place in status.indices.sorted(by: { status[$0].rank < status[$1].rank }) {
      let columns = display.columns(of: status[place].run.text) + 1
      guard columns > 1, used + columns <= room else { continue }
      used += columns
      shown.append(place)
    }
    let runs = shown.sorted().flatMap { [StyledRun(" "), status[$0].run] }
    frame.write(runs, endingAt: size.columns - 1, row: 0)
    var column = 1
    for part in title {
      let room = size.columns - 2 - used - column
      // The first part says where this is: it is cut. The others show whole or not at all.
      guard column == 1 || display.columns(of: part.text) <= room else { break }
      column += frame.write(
        display.truncated(part.text, to: room), column: column, row: 0, role: part.role)
    }
  }

  private static let leastTitleColumns = 24

  private var modeStatus: StyledRun {
    isBlind ? StyledRun("[blind]", .text) : StyledRun("[open]", .statusWarning)
  }

  private var savingStatus: StyledRun {
    if review.failure != nil { return StyledRun("[NOT SAVED]", .statusError) }
    switch review.access {
    case nil: return StyledRun("[opening]", .textMuted)
    case .read: return StyledRun("[read-only]", .statusWarning)
    case .write:
      return review.pending == nil
        ? StyledRun("[saved]", .statusOK) : StyledRun("[saving]", .statusWarning)
    }
  }

  private var engineStatus: StyledRun {
    if dataset.change != nil { return StyledRun("[file changed]", .statusWarning) }
    if let share = dataset.indexingShare {
      return StyledRun("[index \(Numbers.percent(share))]", .textMuted)
    }
    if case .writing(let share) = export?.phase {
      return StyledRun("[export \(Numbers.percent(share))]", .text)
    }
    if case .filter(_, _, _, let share) = queries.pending {
      return StyledRun("[filter \(Numbers.percent(share))]", .text)
    }
    if search?.isRunning == true {
      return StyledRun("[search \(Numbers.percent(search?.share ?? 0))]", .text)
    }
    if case .working(let share) = biases.phase {
      return StyledRun("[biases \(Numbers.percent(share))]", .text)
    }
    if case .working(let share) = firstLook.phase {
      return StyledRun("[file \(Numbers.percent(share))]", .text)
    }
    switch engine.activity {
    case .scanning(let share, let secondsLeft):
      let left = secondsLeft.map { " eta \(Numbers.timeLeft($0))" } ?? ""
      return StyledRun("[scan \(Numbers.percent(share))\(left)]", .text)
    case .paused(let share):
      return StyledRun(
        "[paused \(Numbers.percent(share)): \(keyName(.engine)) resumes]", .statusWarning)
    case .failed: return StyledRun("[scan failed: \(keyName(.engine)) retries]", .statusError)
    case .idle, .done:
      if hasNewScores {
        return StyledRun("[new scores: \(keyName(.takeNewScores))]", .statusWarning)
      }
      return engine.activity == .idle
        ? StyledRun("[no scan: \(keyName(.engine)) starts]", .textMuted)
        : StyledRun("[scan done]", .textMuted)
    }
  }
}
