import CCompression

/// A compressed stream, packed or unpacked in parts.
@safe struct CompressedStream: ~Copyable {
  enum Direction {
    case packing, unpacking
  }

  enum State {
    case continues
    /// At the end of a member or frame: the stream may end here.
    case complete
    case damaged
    /// Unpacking takes more memory than `memoryLimit`.
    case tooWide
  }

  /// How far one step went.
  struct Step {
    var state: State
    var used: Int
    var made: Int
  }

  /// How many bytes of memory a stream may ask for to be unpacked.
  static let memoryLimit = ccompression_memory_limit()

  private let stream: OpaquePointer

  init(_ direction: Direction, _ compression: DatasetContainer.Compression) {
    let codec =
      switch compression {
      case .gzip: ccompression_gzip
      case .zstd: ccompression_zstd
      case .xz: ccompression_xz
      }
    let created =
      switch direction {
      case .packing: unsafe ccompression_packer(codec)
      case .unpacking: unsafe ccompression_unpacker(codec)
      }
    guard let created = unsafe created else { preconditionFailure("memory for a stream") }
    unsafe stream = created
  }

  deinit {
    unsafe ccompression_destroy(stream)
  }

  /// Unpacks from `input` into `output` until one of them is used up or a member ends.
  func unpack(_ input: Span<UInt8>, into output: inout [UInt8]) -> Step {
    var used = 0
    var made = 0
    let state = unsafe input.withUnsafeBufferPointer { input in
      unsafe output.withUnsafeMutableBufferPointer { output in
        unsafe ccompression_unpack(
          stream, input.baseAddress, input.count, &used, output.baseAddress, output.count, &made)
      }
    }
    return Step(state: State(state), used: used, made: made)
  }

  /// Packs from `input` into `output` until one of them is used up; with `finishing`, until the
  /// stream is complete.
  func pack(_ input: Span<UInt8>, into output: inout [UInt8], finishing: Bool) -> Step {
    var used = 0
    var made = 0
    let state = unsafe input.withUnsafeBufferPointer { input in
      unsafe output.withUnsafeMutableBufferPointer { output in
        unsafe ccompression_pack(
          stream, input.baseAddress, input.count, &used, output.baseAddress, output.count, &made,
          finishing ? 1 : 0)
      }
    }
    return Step(state: State(state), used: used, made: made)
  }
}

extension CompressedStream.State {
  fileprivate init(_ state: ccompression_state) {
    switch state {
    case ccompression_continues: self = .continues
    case ccompression_complete: self = .complete
    case ccompression_damaged: self = .damaged
    case ccompression_too_wide: self = .tooWide
    default: preconditionFailure("memory for a stream")
    }
  }
}
