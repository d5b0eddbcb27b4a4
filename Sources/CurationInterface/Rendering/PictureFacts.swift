import PreferenceData
import TerminalSurface

/// What is known of a picture that a pair names.
public struct PictureFacts: Hashable, Sendable {
  /// Of the file; nil where there is none to look at.
  public var byteCount: Int?
  /// Nil where the file does not say it, or cannot be read.
  public var size: PictureSize?

  public init(byteCount: Int? = nil, size: PictureSize? = nil) {
    self.byteCount = byteCount
    self.size = size
  }

  /// `640x480, 12 KB`; `not here` where there is no file to look at.
  var phrase: String {
    guard let byteCount else { return "not here" }
    let length =
      byteCount < 1_000 ? "\(byteCount) B" : "\(Numbers.grouped((byteCount + 500) / 1_000)) KB"
    return size.map { "\($0.width)x\($0.height), \(length)" } ?? length
  }
}

/// The pictures of the pair in view.
struct PictureState: Hashable, Sendable {
  /// What decides which pictures these are, and in which order.
  struct Key: Hashable, Sendable {
    var position: Int
    /// Which pair of a ranking.
    var pair: RankedPair?
    var isTurned: Bool
  }

  /// Nil before the first pair.
  var key: Key?
  /// Those of the prompt first, then A's, then B's.
  var places: [String] = []
  /// By place; what has not been looked at is not there.
  var facts: [String: PictureFacts] = [:]
}

extension Session {
  /// More pictures than this are not looked at: it happens before the next frame.
  private static let lookLimit = 8

  /// Has the pictures that the pair in view names looked at, once a pair.
  mutating func requestPictures() {
    guard screen == .pair, let pair, let row = loadedPair else { return }
    let key = PictureState.Key(
      position: pair.position, pair: row.ranking?.shownPair, isTurned: pair.isTurned)
    guard pictures.key != key else { return }
    let turns = row.row.context + sideOrder(of: row).flatMap { row.row.sides[$0].turns }
    pictures = PictureState(key: key, places: turns.flatMap { Pictures.places(in: $0.text) })
    guard !pictures.places.isEmpty else { return }
    commands.append(.lookAtPictures(Array(pictures.places.prefix(Self.lookLimit))))
  }

  /// Takes in what was found out; of a pair that has been left meanwhile, nothing.
  mutating func take(_ facts: [String: PictureFacts]) {
    pictures.facts = facts.filter { pictures.places.contains($0.key) }
  }

  /// The picture that the key opens next: `picture cat.png 640x480, 12 KB  ,v opens`.
  var pictureRuns: [StyledRun] {
    guard let pair, pictures.key?.position == pair.position, !pictures.places.isEmpty else {
      return []
    }
    let number = pair.viewedPictures % pictures.places.count
    let place = pictures.places[number]
    let name = place.split(separator: "/").last.map(String.init) ?? place
    let count = pictures.places.count > 1 ? " (\(number + 1) of \(pictures.places.count))" : ""
    let known = pictures.facts[place].map { " \($0.phrase)" } ?? ""
    return [
      StyledRun("  picture \(display.truncated(name, to: 24))\(known)\(count)  "),
      StyledRun(keyName(.viewPicture), .hintKey), StyledRun(" opens", .hintText),
    ]
  }
}
