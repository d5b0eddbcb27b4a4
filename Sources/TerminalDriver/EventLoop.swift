import Glibc

/// Waiting, the one place where the main thread blocks.
enum EventLoop {
  /// Waits until one of `descriptors` can be read, has hung up, or `timeout` has passed.
  static func wait(
    for descriptors: [Int32], timeout: Duration?
  ) -> (readable: Set<Int32>, gone: Set<Int32>) {
    var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // An interruption ends the wait early: its signal is a byte in a descriptor, and the caller
    // comes back. A timeout under a millisecond still waits for one.
    let milliseconds = timeout.map { max(0, ($0 / .milliseconds(1)).rounded(.up)) } ?? -1
    let count = unsafe poll(&polled, nfds_t(polled.count), Int32(min(milliseconds, 1e9)))
    guard count > 0 else { return ([], []) }
    let lost = Int16(POLLHUP | POLLERR | POLLNVAL)
    return (
      Set(polled.filter { $0.revents & Int16(POLLIN) != 0 }.map(\.fd)),
      Set(polled.filter { $0.revents & lost != 0 }.map(\.fd))
    )
  }
}
