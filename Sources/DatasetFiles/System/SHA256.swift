import CDigest

/// The SHA-256 of bytes that come in parts.
@safe struct SHA256: ~Copyable {
  private let digest: OpaquePointer

  init() {
    guard let digest = unsafe cdigest_sha256_create() else {
      preconditionFailure("memory for a digest")
    }
    unsafe self.digest = digest
  }

  deinit {
    unsafe cdigest_sha256_destroy(digest)
  }

  func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes {
      unsafe cdigest_sha256_update(digest, $0.baseAddress, $0.count)
    }
  }

  /// 64 lower-case hexadecimal digits. Nothing may be added afterwards.
  func finish() -> String {
    var result = [UInt8](repeating: 0, count: 32)
    unsafe cdigest_sha256_finish(digest, &result)
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: result.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The digest of what `sha256sum` prints for files of these names and digests.
  static func ofListing(_ files: [(name: String, sha256: String)]) -> String {
    let digest = SHA256()
    for file in files { digest.update(Array("\(file.sha256)  \(file.name)\n".utf8).span) }
    return digest.finish()
  }
}
