import Dispatch
import Synchronization

/// The SHA-256 of bytes that come in parts, worked out on a thread of its own: whoever writes them to a
/// disk meanwhile waits for the slower of the two, not for both.
///
/// - Complexity: O(bytes); up to six parts of half a megabyte are held, or of what was written at once where
///   that is more.
final class WrittenDigest: Sendable {
  private let digest = Mutex(SHA256())
  private let queue = DispatchQueue(label: "digest")
  /// A place for each part that waits.
  private let places = DispatchSemaphore(value: 4)
  /// What is too little yet to be worth a turn.
  private let pending = Mutex<[UInt8]>([])

  private static let partSize = 1 << 19

  /// Adds `bytes` behind those before.
  func update(_ bytes: Span<UInt8>) {
    let part = pending.withLock { pending -> [UInt8]? in
      unsafe bytes.withUnsafeBufferPointer { unsafe pending.append(contentsOf: $0) }
      guard pending.count >= Self.partSize else { return nil }
      defer { pending = [] }
      return pending
    }
    if let part { submit(part) }
  }

  /// 64 lower-case hexadecimal digits. Nothing may be added afterwards.
  func finish() -> String {
    submit(pending.withLock { $0 })
    return queue.sync { digest.withLock { $0.finish() } }
  }

  private func submit(_ part: [UInt8]) {
    places.wait()
    queue.async { [self] in
      digest.withLock { $0.update(part.span) }
      places.signal()
    }
  }
}
