/// Who beat whom among the responses to one prompt.
///
/// Labels of the same two responses make one *match*, decided by their majority.
struct PromptTournament {
  /// By item: its matches, by rising number of the opponent.
  private(set) var matches: [[Match]]
  private let numbers: [UInt64: Int]

  /// What the labels say of an item and one opponent.
  struct Match {
    var opponent: Int
    var wins = 0
    var losses = 0

    /// 1 where most labels prefer the item, -1 where most prefer the opponent, else 0.
    var majority: Int { (wins - losses).signum() }
    var winShare: Double { Double(wins) / Double(wins + losses) }
    var labelCount: Int { wins + losses }
  }

  /// - Parameter pairs: The chosen and the rejected response of each label.
  init(_ pairs: [[UInt64]]) {
    var numbers: [UInt64: Int] = [:]
    var labels: [(item: Int, opponent: Int, isWon: Bool)] = []
    for pair in pairs where pair[0] != pair[1] {
      let items = pair.map { key -> Int in
        let number = numbers[key] ?? numbers.count
        numbers[key] = number
        return number
      }
      labels.append((items[0], items[1], true))
      labels.append((items[1], items[0], false))
    }
    labels.sort { ($0.item, $0.opponent) < ($1.item, $1.opponent) }
    var matches = [[Match]](repeating: [], count: numbers.count)
    for (item, opponent, isWon) in labels {
      if matches[item].last?.opponent != opponent {
        matches[item].append(Match(opponent: opponent))
      }
      let last = matches[item].count - 1
      if isWon { matches[item][last].wins += 1 } else { matches[item][last].losses += 1 }
    }
    self.matches = matches
    self.numbers = numbers
  }

  var itemCount: Int { matches.count }

  func number(of item: UInt64) -> Int? { numbers[item] }

  func match(of item: Int, against opponent: Int) -> Match? {
    let own = matches[item]
    let place = own.partitionPoint { $0.opponent >= opponent }
    return place < own.count && own[place].opponent == opponent ? own[place] : nil
  }

  /// How many witnesses speak for and against a label of `match`, itself left out: the other labels of
  /// the two, and every third item that beat one of them and lost to the other.
  ///
  /// - Complexity: O(k log n), k the number of matches of the item that has fewer.
  func witnesses(winner: Int, match: Match) -> (supporting: Int, against: Int) {
    var supporting = match.wins - 1
    var against = match.losses
    let isWinnerShorter = matches[winner].count <= matches[match.opponent].count
    let (near, far) = isWinnerShorter ? (winner, match.opponent) : (match.opponent, winner)
    for first in matches[near] where first.majority != 0 {
      guard let second = self.match(of: far, against: first.opponent),
        second.majority == -first.majority
      else { continue }
      if (first.majority > 0) == isWinnerShorter { supporting += 1 } else { against += 1 }
    }
    return (supporting, against)
  }

  /// By item, the number of its strongly connected component in the graph of majorities: two items
  /// have the same number where there is a way of majorities from each to the other.
  ///
  /// - Complexity: O(items + matches).
  /// - Source: Tarjan, 1972, doi:10.1137/0201010, without recursion.
  func components() -> [Int] {
    var component = [Int](repeating: -1, count: itemCount)
    var entered = component
    var lowest = component
    var path: [Int] = []
    var open: [(item: Int, next: Int)] = []
    var time = 0
    var found = 0
    for start in 0..<itemCount where entered[start] < 0 {
      open.append((start, 0))
      while let (item, next) = open.popLast() {
        if next == 0 {
          entered[item] = time
          lowest[item] = time
          time += 1
          path.append(item)
        } else {
          lowest[item] = min(lowest[item], lowest[matches[item][next - 1].opponent])
        }
        var edge = next
        var deeper: Int?
        while edge < matches[item].count, deeper == nil {
          let match = matches[item][edge]
          edge += 1
          guard match.majority > 0, component[match.opponent] < 0 else { continue }
          if entered[match.opponent] < 0 {
            deeper = match.opponent
          } else {
            lowest[item] = min(lowest[item], entered[match.opponent])
          }
        }
        if let deeper {
          open.append((item, edge))
          open.append((deeper, 0))
        } else if lowest[item] == entered[item] {
          while let last = path.popLast() {
            component[last] = found
            if last == item { break }
          }
          found += 1
        }
      }
    }
    return component
  }
}
