import CNcurses
import Glibc
import Synchronization

/// Messages from any thread to the one that owns the terminal, with a descriptor that wakes it.
///
/// The receiver waits for `descriptor` in poll(2), then drains. Nothing posted is lost, and messages
/// keep the order in which they were posted.
public final class Mailbox<Message: Sendable>: Sendable {
  /// Readable while messages wait.
  public let descriptor: Int32
  private let messages = Mutex<[Message]>([])

  /// - Throws: `TerminalError.system` where the process has no descriptor left.
  public init() throws(TerminalError) {
    descriptor = wakeup_open()
    if descriptor < 0 { throw .system(errno) }
  }

  deinit { close(descriptor) }

  /// Puts `message` behind those that wait, and wakes the receiver.
  public func post(_ message: Message) {
    messages.withLock { $0.append(message) }
    wakeup_post(descriptor)
  }

  /// Puts `message` behind those that wait in place of the ones it makes stale, as newer progress
  /// does older, and wakes the receiver.
  public func post(_ message: Message, replacing isStale: (Message) -> Bool) {
    messages.withLock {
      $0.removeAll(where: isStale)
      $0.append(message)
    }
    wakeup_post(descriptor)
  }

  /// Returns as soon as a message waits.
  public func wait() {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while unsafe poll(&waiting, 1, -1) < 0, errno == EINTR {}
  }

  /// Takes all messages that wait.
  public func drain() -> [Message] {
    // The wake-up first: a message that comes in between wakes once too often, never too seldom.
    wakeup_drain(descriptor)
    return messages.withLock { messages in
      defer { messages = [] }
      return messages
    }
  }
}
