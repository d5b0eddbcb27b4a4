import CurationEngine
import CurationInterface
import Foundation
import PreferenceData
import ReviewStore

// The one place where failures of the review's files become sentences.

extension Failure {
  init(_ error: JournalError, path: String) {
    let what = "the review in \(path) cannot be used"
    switch error {
    case .diskFull:
      self.init(
        .notSaved, what: "nothing was saved", why: "the disk is full",
        remedy:
          "free some space where \(path) lies, then decide again; what was saved before is safe"
      )
    case .writeFailed(let code):
      self.init(
        .notSaved, what: "nothing was saved",
        why: "the file system of \(path) refused the bytes (SQLite error \(code))",
        remedy: "check the quota and the disk, then decide again; what was saved before is safe")
    case .readOnly:
      self.init(
        .notSaved, what: "nothing was saved", why: "\(path) cannot be written",
        remedy: "allow writing there, or keep the review elsewhere with --session DIR")
    case .corrupt:
      self.init(
        .file, what: what, why: "its journal is damaged or no journal of Demur's",
        remedy: "move the folder away and restore it from a copy; the data set is untouched")
    case .newerSchema(let unknown):
      self.init(
        .file, what: what,
        why: "a newer Demur wrote it (\(unknown.joined(separator: ", ")))",
        remedy: "update this Demur")
    case .busy:
      self.init(
        .file, what: what, why: "another program has its journal locked",
        remedy: "close that program and try again")
    case .other(let code):
      self.init(
        .notSaved, what: "nothing was saved",
        why: "the database in \(path) reports error \(code)",
        remedy: "check the disk, then try again; what was saved before is safe")
    }
  }

  init(_ error: SessionFolderError) {
    switch error {
    case .noneWritable(let attempts):
      let tried = attempts.map { "\($0.path) (\(Self.systemText($0.code)))" }
      self.init(
        .file, what: "there is no place for the review",
        why: "cannot write \(tried.joined(separator: " nor "))",
        remedy: "name a folder with --session DIR")
    }
  }

  init(_ error: SessionLockError) {
    switch error {
    case .heldBy(let holder): self.init(Review.Hindrance.held(holder))
    case .unavailable(let code):
      self.init(
        .file, what: "the review cannot be locked", why: Self.systemText(code),
        remedy: "keep it on another disk with --session DIR")
    }
  }

  init(_ hindrance: Review.Hindrance) {
    let what = "nothing was saved"
    switch hindrance {
    case .notWanted:
      self.init(.file, what: what, why: "the review is open for reading only")
    case .held(let holder):
      self.init(
        .file, what: what, why: "the review is held by \(Self.text(of: holder))",
        remedy: "close it there, or wait")
    case .notWritable(let path):
      self.init(
        .file, what: what, why: "\(path) cannot be written",
        remedy: "allow writing there, or begin a review elsewhere with --session DIR")
    }
  }

  /// Who holds a lock, as a sentence goes on with it.
  static func text(of holder: LockHolder?) -> String {
    guard let holder else { return "another Demur" }
    let since = ISO8601.text(millisecondsSince1970: holder.sinceMillisecondsSince1970)
    return "\(holder.annotator) (process \(holder.processID) on \(holder.host), since \(since))"
  }

  /// The system's words for an error number.
  static func systemText(_ code: Int32) -> String {
    POSIXErrorCode(rawValue: code).map { POSIXError($0).localizedDescription } ?? "error \(code)"
  }
}
