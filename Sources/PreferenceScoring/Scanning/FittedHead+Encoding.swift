extension FittedHead {
  /// - Parameters:
  ///   - writer: Where it goes.
  ///   - rows: The rows that have a pull, in order.
  func write(to writer: inout ByteWriter, rows: [Int]) {
    space.write(to: &writer)
    writer.write(model.theta)
    writer.write(model.hessian.upperTriangle)
    writer.write(setting.ridge)
    writer.write(setting.weights)
    writer.write(rows.map { pulls[$0] })
    writer.write(groupPulls.count)
    for (row, pull) in groupPulls.sorted(by: { $0.key < $1.key }) {
      writer.write(row)
      writer.write(pull)
    }
  }

  init(
    from reader: inout ByteReader, rows: [Int], rowCount: Int
  ) throws(ByteReader.Malformed) {
    space = try FeatureSpace(from: &reader)
    let theta = try reader.readDoubles()
    let triangle = try reader.readDoubles()
    guard theta.count == space.columnCount,
      let hessian = CholeskyFactor(upperTriangle: triangle, size: theta.count)
    else { throw ByteReader.Malformed() }
    model = BradleyTerryHead(theta: theta, hessian: hessian)
    setting = HeadSetting(ridge: try reader.readDouble(), weights: try reader.readDoubles())
    let scored = try reader.readDoubles()
    guard setting.weights.count == space.blocks.count, scored.count == rows.count else {
      throw ByteReader.Malformed()
    }
    var pulls = [Double](repeating: 0, count: rowCount)
    for (row, pull) in zip(rows, scored) { pulls[row] = pull }
    self.pulls = pulls
    var groupPulls: [Int: [Double]] = [:]
    for _ in 0..<(try reader.readCount(of: 16)) {
      let row = Int(try reader.read(Int64.self))
      let pull = try reader.readDoubles()
      guard pull.count == theta.count else { throw ByteReader.Malformed() }
      groupPulls[row] = pull
    }
    self.groupPulls = groupPulls
  }
}

extension FeatureSpace {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.write(styleScales)
    writer.write(words.width)
    writer.write(words.responseCount)
    writer.write(words.seed)
    writer.write(words.documentCounts.count)
    for count in words.documentCounts { writer.writeShort(count) }
    writer.write(items.keys.count)
    for key in items.keys { writer.write(key) }
    for count in items.pairCounts { writer.writeShort(count) }
    writer.write(groups.names)
    writer.write(rewards.scales)
    writer.write(blocks.map(\.meanSquaredNorm))
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteReader.Malformed) {
    let scales = try reader.readDoubles()
    let width = Int(try reader.read(Int64.self))
    let responseCount = Int(try reader.read(Int64.self))
    let seed = try reader.read(UInt64.self)
    var counts: [UInt32] = []
    for _ in 0..<(try reader.readCount(of: 1)) { counts.append(try reader.readShort()) }
    var items: [UInt64] = []
    for _ in 0..<(try reader.readCount(of: 9)) { items.append(try reader.read()) }
    var pairCounts: [UInt32] = []
    for _ in items { pairCounts.append(try reader.readShort()) }
    let groups = GroupStyle(names: try reader.readStrings())
    let rewards = RewardScales(scales: try reader.readDoubles())
    let norms = try reader.readDoubles()
    guard scales.count == StyleFeature.count, (1...1 << 16).contains(width),
      (0..<Int.max).contains(responseCount), counts.count == BucketCounts.bucketCount
    else { throw ByteReader.Malformed() }
    self.init(
      styleScales: scales,
      words: WordSketch(
        width: width, responseCount: responseCount, documentCounts: counts, seed: seed),
      items: RecurringTexts(keys: items, pairCounts: pairCounts, seed: seed), groups: groups,
      rewards: rewards)
    guard norms.count == blocks.count else { throw ByteReader.Malformed() }
    for (block, norm) in norms.enumerated() { blocks[block].meanSquaredNorm = norm }
  }
}
