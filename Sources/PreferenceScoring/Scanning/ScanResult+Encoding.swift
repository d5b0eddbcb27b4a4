import PreferenceData

extension ScanResult {
  /// The result as bytes, to be kept and read again by the same engine version.
  /// - Precondition: It is of the file as it is, without `changes`.
  public func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    encode { bytes += $0 }
    return bytes
  }

  /// Hands `encoded()` to `take` piece by piece, each of one column or so: the whole would take as much
  /// memory again as the result.
  public func encode<Failure: Error>(
    _ take: (_ piece: [UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(changes.isEmpty, "what decisions make of a ranking is not kept")
    var writer = ByteWriter()
    writer.write(Self.magic)
    writer.write(UInt32(Self.engineVersion))
    settings.write(to: &writer)
    writer.write(rowCount)
    for reason in unscoredReasons { writer.write(reason?.rawValue ?? .max) }
    for found in findings { writer.write(found.rawValue) }
    quality.write(to: &writer)
    writer.write(UInt8(head == nil ? 0 : 1))
    try take(writer.takeBytes())
    guard let head else { return }
    let rows = unscoredReasons.indices.filter { unscoredReasons[$0] == nil }
    let ids = signals.keys.sorted()
    writer.write(ids.map(\.rawValue))
    for id in ids {
      guard let values = signals[id] else { continue }
      for row in rows {
        writer.write(UInt8(values[row] == nil ? 0 : 1))
        if let value = values[row] { writer.write(value) }
      }
      try take(writer.takeBytes())
    }
    writer.write(rewards.count)
    for reward in rewards { reward.write(to: &writer) }
    head.write(to: &writer, rows: rows)
    try take(writer.takeBytes())
    writer.write(UInt8(trajectories == nil ? 0 : 1))
    trajectories?.write(to: &writer, rows: rows)
    try take(writer.takeBytes())
    writer.write(UInt8(heldOut == nil ? 0 : 1))
    heldOut?.write(to: &writer, rows: rows)
    noise.write(to: &writer)
    try take(writer.takeBytes())
  }

  /// The result that `encoded` wrote, or nil where `bytes` are anything else, such as the result of
  /// another engine version.
  public init?(encoded bytes: [UInt8]) {
    do throws(ByteReader.Malformed) {
      var reader = ByteReader(bytes)
      guard try reader.read(UInt32.self) == Self.magic,
        try reader.read(UInt32.self) == UInt32(Self.engineVersion)
      else { return nil }
      let settings = try ScanSettings(from: &reader)
      var reasons: [UnscoredReason?] = []
      for _ in 0..<(try reader.readCount(of: 1)) {
        let value = try reader.read(UInt8.self)
        let reason = UnscoredReason(rawValue: value)
        guard reason != nil || value == .max else { return nil }
        reasons.append(reason)
      }
      var findings: [RowFindings] = []
      for _ in reasons { findings.append(RowFindings(rawValue: try reader.read())) }
      let quality = try HeadQuality(from: &reader)
      let none = SignalValues(nothingOf: reasons.count)
      var signals: [SignalID: SignalValues] = [:]
      var rewards: [RewardQuality] = []
      var head: FittedHead?
      var trajectories: PeerTrajectories?
      var heldOut: HeldOutTrajectories?
      var noise = LabelNoise()
      if try reader.read(UInt8.self) == 1 {
        let rows = reasons.indices.filter { reasons[$0] == nil }
        for name in try reader.readStrings() {
          var values = none
          for row in rows where try reader.read(UInt8.self) == 1 {
            values[row] = try reader.readDouble()
          }
          signals[SignalID(rawValue: name)] = values
        }
        for id in [SignalID.margin, .leaveOneOut] {
          guard let values = signals[id], rows.allSatisfy({ values[$0] != nil }) else { return nil }
        }
        for _ in 0..<(try reader.readCount(of: 8)) {
          rewards.append(try RewardQuality(from: &reader))
        }
        head = try FittedHead(from: &reader, rows: rows, rowCount: reasons.count)
        if try reader.read(UInt8.self) == 1 {
          trajectories = try PeerTrajectories(from: &reader, rows: rows, rowCount: reasons.count)
        }
        if try reader.read(UInt8.self) == 1 {
          heldOut = try HeldOutTrajectories(from: &reader, rows: rows, rowCount: reasons.count)
        }
        noise = try LabelNoise(from: &reader)
      } else if reasons.contains(nil) {
        return nil
      }
      guard reader.isAtEnd else { return nil }
      self = ScanResult(
        settings: settings, unscoredReasons: reasons, findings: findings,
        margins: signals[.margin] ?? none, leftOutMargins: signals[.leaveOneOut] ?? none,
        others: signals, quality: quality, rewards: rewards, head: head
      ).adding([:], trajectories: trajectories, heldOut: heldOut, noise: noise)
    } catch {
      return nil
    }
  }

  /// "DSR" and a format number.
  private static let magic: UInt32 = 0x0152_5344
}

extension ScanSettings {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.write(seed)
    writer.write(flagShare)
    writer.write(foldCount)
    writer.write(sketchWidth)
    writer.write(signals.map(\.rawValue))
    influenceTarget.write(to: &writer)
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteReader.Malformed) {
    self.init(
      seed: try reader.read(), flagShare: try reader.readDouble(),
      foldCount: Int(try reader.read(Int64.self)), sketchWidth: Int(try reader.read(Int64.self)),
      signals: Set(try reader.readStrings().map { SignalID(rawValue: $0) }),
      influenceTarget: try InfluenceTarget(from: &reader))
    guard (0...1).contains(flagShare) else { throw ByteReader.Malformed() }
  }
}

extension InfluenceTarget {
  fileprivate func write(to writer: inout ByteWriter) {
    switch self {
    case .allPairs: writer.write(UInt8(0))
    case .rows(let kept, let swapped):
      writer.write(UInt8(1))
      for rows in [kept, swapped] {
        writer.write(rows.count)
        for row in rows { writer.write(row) }
      }
    case .shorterChosen: writer.write(UInt8(2))
    case .group(let name):
      writer.write(UInt8(3))
      writer.write([name])
    }
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteReader.Malformed) {
    switch try reader.read(UInt8.self) {
    case 0: self = .allPairs
    case 1:
      var lists: [[Int]] = [[], []]
      for list in lists.indices {
        for _ in 0..<(try reader.readCount(of: 8)) {
          lists[list].append(Int(try reader.read(Int64.self)))
        }
      }
      self = .rows(kept: lists[0], swapped: lists[1])
    case 2: self = .shorterChosen
    case 3:
      guard let name = try reader.readStrings().first else { throw ByteReader.Malformed() }
      self = .group(name)
    default: throw ByteReader.Malformed()
    }
  }
}

extension Estimate {
  fileprivate func write(to writer: inout ByteWriter) {
    for number in [value, lower, upper] { writer.write(number) }
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteReader.Malformed) {
    self.init(
      value: try reader.readDouble(), lower: try reader.readDouble(),
      upper: try reader.readDouble())
  }
}

extension RewardQuality {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.write([reward.name, reward.kind.rawValue, signal.rawValue])
    for count in [pairCount, missingCount, foldsAgainst, foldCount] { writer.write(count) }
    writer.write(use.rawValue)
    writer.write(UInt8(accuracy == nil ? 0 : 1))
    accuracy?.write(to: &writer)
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteReader.Malformed) {
    let words = try reader.readStrings()
    guard words.count == 3, let kind = ExternalReward.Kind(rawValue: words[1]) else {
      throw ByteReader.Malformed()
    }
    reward = ExternalReward(name: words[0], kind: kind)
    signal = SignalID(rawValue: words[2])
    pairCount = Int(try reader.read(Int64.self))
    missingCount = Int(try reader.read(Int64.self))
    foldsAgainst = Int(try reader.read(Int64.self))
    foldCount = Int(try reader.read(Int64.self))
    guard let use = Use(rawValue: try reader.read()) else { throw ByteReader.Malformed() }
    self.use = use
    accuracy = try reader.read(UInt8.self) == 1 ? try Estimate(from: &reader) : nil
  }
}

extension HeadQuality {
  fileprivate func write(to writer: inout ByteWriter) {
    switch self {
    case .measured(let accuracy, let auc, let pairCount):
      writer.write(UInt8(0))
      accuracy.write(to: &writer)
      auc.write(to: &writer)
      writer.write(pairCount)
    case .notMeasured(.tooFewPairs(let found, let needed)):
      writer.write(UInt8(1))
      writer.write(found)
      writer.write(needed)
    case .notMeasured(.oneGroup): writer.write(UInt8(2))
    case .notMeasured(.noDifference): writer.write(UInt8(3))
    }
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteReader.Malformed) {
    switch try reader.read(UInt8.self) {
    case 0:
      self = .measured(
        accuracy: try Estimate(from: &reader), auc: try Estimate(from: &reader),
        pairCount: Int(try reader.read(Int64.self)))
    case 1:
      self = .notMeasured(
        .tooFewPairs(
          found: Int(try reader.read(Int64.self)), needed: Int(try reader.read(Int64.self))))
    case 2: self = .notMeasured(.oneGroup)
    case 3: self = .notMeasured(.noDifference)
    default: throw ByteReader.Malformed()
    }
  }
}
