import PreferenceData

/// What is reviewed, as far as its review's folder depends on it.
public enum ReviewedData: Hashable, Sendable {
  /// The data set at this absolute path.
  case file(path: String)
  /// A data set read from standard input, by a name made of its content.
  case stream(name: String)
}

/// The folder that holds a review: journal, score cache and lock.
public struct SessionFolder: Hashable, Sendable {
  public enum Place: Hashable, Sendable {
    /// The folder that the person named.
    case named
    case besideData
    /// Under the folder for state that the XDG base directory specification gives.
    case stateHome
  }

  public let path: String
  public let place: Place

  public init(path: String, place: Place = .named) {
    self.path = path
    self.place = place
  }

  var journalPath: String { path + "/review.sqlite" }
  var cachePath: String { path + "/scores.sqlite" }
  var lockPath: String { path + "/session.lock" }

  /// Whether a review has been begun here.
  public var holdsReview: Bool { FileSystem.isReadable(journalPath) }

  /// Whether scores of a scan may have been kept here.
  public var holdsScores: Bool { FileSystem.isReadable(cachePath) }
}

/// Why no folder for a review could be had.
public enum SessionFolderError: Error, Hashable, Sendable {
  /// None of these folders can be written, each with the system's error number.
  case noneWritable([Attempt])

  public struct Attempt: Hashable, Sendable {
    public var path: String
    public var code: Int32
  }
}

/// The folders in which the review of one data set may live, the preferred one first.
///
/// Beside the data set where that can be written, else under the state folder; a folder that the
/// person names is the only one.
public struct SessionPlaces: Hashable, Sendable {
  public let candidates: [SessionFolder]

  /// - Parameters:
  ///   - data: What is reviewed.
  ///   - named: The folder that the person asked for, if any.
  ///   - environment: The environment variables; `XDG_STATE_HOME` counts where it is absolute.
  ///   - home: The person's home folder.
  /// - Precondition: a file's path is absolute.
  public init(
    of data: ReviewedData, named: String? = nil, environment: [String: String], home: String
  ) {
    if let named {
      candidates = [SessionFolder(path: named, place: .named)]
      return
    }
    let wanted = environment["XDG_STATE_HOME"] ?? ""
    let stateHome = (wanted.hasPrefix("/") ? wanted : home + "/.local/state") + "/demur/"
    switch data {
    case .file(let path):
      precondition(path.hasPrefix("/"), "a data set's path is absolute, got a relative one")
      let name = path.split(separator: "/").last ?? ""
      // A name may have 255 bytes on most file systems: leave room for the hash in any script.
      let kept = name.prefix(40)
      let hash = StableHash(path).description.prefix(16)
      candidates = [
        SessionFolder(path: path + ".demur", place: .besideData),
        SessionFolder(path: stateHome + "\(kept)-\(hash)", place: .stateHome),
      ]
    case .stream(let name):
      candidates = [SessionFolder(path: stateHome + name, place: .stateHome)]
    }
  }

  /// The folder whose review is to be read, or nil where none has been begun. Makes nothing.
  public var existing: SessionFolder? { candidates.first(where: \.holdsReview) }

  /// A folder that can be written: the one that holds the review already, else the first that can
  /// be made.
  ///
  /// Where this is not `existing`, there is a review that can be read but not gone on with.
  public func writable() throws(SessionFolderError) -> SessionFolder {
    var failures: [SessionFolderError.Attempt] = []
    for folder in candidates.filter(\.holdsReview) + candidates.filter({ !$0.holdsReview }) {
      do {
        try FileSystem.makePrivateFolder(at: folder.path)
        return folder
      } catch {
        failures.append(.init(path: folder.path, code: error.code))
      }
    }
    throw .noneWritable(failures)
  }
}
