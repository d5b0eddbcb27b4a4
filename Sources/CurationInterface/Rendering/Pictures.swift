import PreferenceData
import TerminalSurface

/// The pictures that a text names.
enum Pictures {
  /// Where the pictures of `text` stand, in order: of blocks (`[image: photo.png]`) and of Markdown
  /// (`![a cat](cat.png)`). A picture whose data stands in the row itself has no place.
  ///
  /// - Complexity: O(length).
  static func places(in text: String) -> [String] {
    let bytes = Array(text.utf8)
    guard mayName(bytes) else { return [] }
    return Markup(text).spans.filter { $0.role == .code }.compactMap { span in
      place(in: String(decoding: bytes[span.range], as: UTF8.self))
    }
  }

  private static let block = "[image: "

  /// Few texts name any, and to read the markup takes far longer than to see that.
  private static func mayName(_ bytes: [UInt8]) -> Bool {
    zip(bytes, bytes.dropFirst()).contains { first, second in
      switch (Unicode.Scalar(first), Unicode.Scalar(second)) {
      case ("[", "i"), ("!", "["): true
      default: false
      }
    }
  }

  private static func place(in piece: String) -> String? {
    var place: Substring
    if piece.hasPrefix(block), piece.hasSuffix("]") {
      place = piece.dropFirst(block.count).dropLast()
    } else if piece.hasPrefix("!["), piece.hasSuffix(")"), let start = piece.firstRange(of: "](") {
      place = piece[start.upperBound...].dropLast().prefix { !$0.isWhitespace }
    } else {
      return nil
    }
    place = place.drop(while: \.isWhitespace)
    // A media type is what is known of data in the row.
    let isInRow = place.hasPrefix("image/") || place.hasPrefix("data:")
    return place.isEmpty || isInRow ? nil : String(place)
  }
}

extension Session {
  /// Has the next picture of the pair in view opened.
  mutating func viewPicture() {
    guard let pair else { return }
    let places = pictures.places
    guard !places.isEmpty else {
      notice = Notice("this pair names no picture that can be opened")
      return
    }
    let number = pair.viewedPictures % places.count
    self.pair?.viewedPictures += 1
    commands.append(.view(places[number]))
    let count = places.count > 1 ? " (\(number + 1) of \(places.count))" : ""
    notice = Notice("opened \(places[number])\(count)")
  }
}
