import CAllocator

/// Memory of the size of a whole file's columns.
public enum LargeMemory {
  private static let returnedBytes: Int32 = 4 << 20
  private static let keptBytes: Int32 = 32 << 20

  /// Has every block of four megabytes or more given back to the system as soon as it is let go,
  /// for the rest of the process.
  ///
  /// By itself glibc raises that limit with every large block that is let go, and then keeps the next
  /// ones for later: a scan would hold twice what it uses. Smaller blocks, such as the parts that a pass
  /// over the rows works on, stay with the allocator: to get them from the system again and again
  /// costs more than to fill them.
  public static func returnAtOnce() {
    mallopt(M_MMAP_THRESHOLD, returnedBytes)
    // Once the first is set, the second is no longer adapted by itself.
    mallopt(M_TRIM_THRESHOLD, keptBytes)
  }

  /// Gives back what many small blocks have left: worth a call after a stage of work that let go of
  /// most of what it held.
  /// - Complexity: O(blocks), some milliseconds.
  public static func returnUnused() { malloc_trim(0) }
}
