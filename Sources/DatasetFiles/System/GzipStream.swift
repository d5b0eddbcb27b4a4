import CCompression

/// A gzip stream, packed or unpacked in parts.
@safe struct GzipStream: ~Copyable {
  enum Direction {
    case packing, unpacking
  }

  enum State {
    case continues
    /// At the end of a gzip member: the stream may end here.
    case complete
    case damaged
  }

  /// How far one step went.
  struct Step {
    var state: State
    var used: Int
    var made: Int
  }

  private let stream: OpaquePointer

  init(_ direction: Direction) {
    let created =
      switch direction {
      case .packing: unsafe ccompression_gzip_create()
      case .unpacking: unsafe ccompression_gunzip_create()
      }
    guard let created = unsafe created else { preconditionFailure("memory for a gzip stream") }
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
        unsafe ccompression_gunzip(
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
        unsafe ccompression_gzip(
          stream, input.baseAddress, input.count, &used, output.baseAddress, output.count, &made,
          finishing ? 1 : 0)
      }
    }
    return Step(state: State(state), used: used, made: made)
  }
}

extension GzipStream.State {
  fileprivate init(_ state: ccompression_state) {
    switch state {
    case ccompression_continues: self = .continues
    case ccompression_complete: self = .complete
    case ccompression_damaged: self = .damaged
    default: preconditionFailure("memory for a gzip stream")
    }
  }
}
