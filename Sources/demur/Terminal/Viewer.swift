import CurationInterface
import Foundation
import TerminalDriver

/// Shows a picture with a program of the person's choice: `$DEMUR_VIEWER`, else `xdg-open`.
///
/// The place of the picture comes out of the data, so no shell ever reads it: it is one argument, the
/// absolute path of a file whose name says that it is a picture, or an address that begins with `http`.
struct Viewer {
  /// Why a picture is not shown.
  enum Refusal: Error, Hashable {
    case unknownScheme, noPicture, missing
    case failed(program: String, ForegroundProgram.Problem)
  }

  /// What relative paths begin with: the folder of the data set.
  let folder: String
  /// The program and what it is given before the picture.
  let program: [String]

  init(file: String, environment: [String: String]) {
    folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    let chosen = (environment["DEMUR_VIEWER"] ?? "").split(separator: " ").map(String.init)
    program = chosen.isEmpty ? ["xdg-open"] : chosen
  }

  private static let suffixes = [
    "avif", "bmp", "gif", "heic", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp",
  ]

  /// Shows the picture at `place` in `terminal`, which the program may draw on, and waits until it ends.
  @MainActor
  func show(_ place: String, in terminal: any ReviewScreen) throws(Refusal) {
    let picture = try argument(for: place)
    do throws(ForegroundProgram.Problem) {
      try terminal.run(program + [picture])
    } catch {
      throw .failed(program: program[0], error)
    }
  }

  /// How large the picture at `place` is, as far as its file is here; an address is never opened.
  ///
  /// Whatever keeps the file from being looked at is said when the person asks to see it.
  func facts(of place: String) -> PictureFacts {
    guard !place.contains("://") else { return PictureFacts() }
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: try argument(for: place)))
      defer { file.closeFile() }
      let header = try file.read(upToCount: PictureSize.headerLimit) ?? Data()
      let length = try file.seekToEnd()
      return PictureFacts(
        byteCount: Int(clamping: length), size: PictureSize(header: Array(header)))
    } catch {
      return PictureFacts()
    }
  }

  private func argument(for place: String) throws(Refusal) -> String {
    if place.hasPrefix("https://") || place.hasPrefix("http://") { return place }
    guard !place.contains("://") else { throw .unknownScheme }
    let url = URL(
      fileURLWithPath: place, relativeTo: URL(fileURLWithPath: folder, isDirectory: true)
    ).standardizedFileURL
    guard Self.suffixes.contains(url.pathExtension.lowercased()) else { throw .noPicture }
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: url.resolvingSymlinksInPath().path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else { throw .missing }
    return url.path
  }
}
