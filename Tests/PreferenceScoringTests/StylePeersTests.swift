import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

/// The style features against an independent implementation: `style` in the peers' `feats.py`, run by
/// Python on real responses. Needs the peers' folder in DEMUR_PEERS and the data in DEMUR_SHARED.
@Suite struct StylePeersTests {
  private struct Case: Decodable {
    var prompt: String
    var last: String
    var response: String
    var values: [Double]
  }

  private static let environment = ProcessInfo.processInfo.environment

  @Test(
    "all 37 features of real and of odd responses equal those of another implementation",
    .enabled(
      if: environment["DEMUR_PEERS"] != nil && environment["DEMUR_SHARED"] != nil,
      "skipped: DEMUR_PEERS or DEMUR_SHARED is not set"))
  func agreement() throws {
    let cases = try peerCases()
    #expect(cases.count > 1000)
    var features = StyleFeatures()
    var worst: [StyleFeature: Double] = [:]
    for found in cases {
      features.setPrompt([Turn(.user, found.prompt)], lastRequest: found.last)
      for (feature, pair) in zip(
        StyleFeature.allCases, zip(features.values(of: found.response), found.values))
      {
        worst[feature] = max(worst[feature] ?? 0, abs(pair.0 - pair.1) / (1 + abs(pair.1)))
      }
    }
    for feature in StyleFeature.allCases { #expect((worst[feature] ?? 1) < 1e-12, "\(feature)") }
  }

  private func peerCases() throws -> [Case] {
    let python = Process()
    python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    python.arguments = ["python3", "-B", "-c", Self.script]
    let output = Pipe()
    python.standardOutput = output
    try python.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    python.waitUntilExit()
    try #require(python.terminationStatus == 0)
    return try JSONDecoder().decode([Case].self, from: data)
  }

  /// Loads `feats.py` with just the functions of numpy that `style` needs. The prompt's words are those
  /// of all its turns; the two features of the last turn are taken with that turn as the prompt.
  private static let script = #"""
    import gzip, json, math, os, re, sys, types
    numpy = types.ModuleType("numpy")
    numpy.log1p, numpy.sqrt = math.log1p, math.sqrt
    sys.modules["numpy"] = numpy
    for name in ["scipy", "scipy.sparse", "sklearn", "sklearn.feature_extraction",
                 "sklearn.feature_extraction.text", "sklearn.preprocessing"]:
        sys.modules[name] = types.ModuleType(name)
    sys.modules["scipy"].sparse = sys.modules["scipy.sparse"]
    text = sys.modules["sklearn.feature_extraction.text"]
    text.HashingVectorizer = text.TfidfTransformer = None
    sys.modules["sklearn.preprocessing"].normalize = None
    sys.path.insert(0, os.environ["DEMUR_PEERS"])
    import feats
    data = os.path.join(os.environ["DEMUR_SHARED"], "data/hh-rlhf/helpful-base-test.jsonl.gz")
    responses = []
    with gzip.open(data, "rt") as lines:
        for line in lines:
            for side in ("chosen", "rejected"):
                turns = re.split(r"\n\n(?:Human|Assistant):", json.loads(line)[side])
                responses.append(([t.strip() for t in turns[:-1]], turns[-1].strip()))
    odd = ["", "'", "''a''", "don't 'quoted' dogs'", "\u00c9t\u00e9 d'\u00c9T\u00c9 \u00dcber? \u00bfQu\u00e9!",
           "\u4f60\u597d\u3002 sorry\u4f60 \u4f60sorry \u4f60 sorry", "caf\u00e9sorry sorrycaf\u00e9",
           "1. a\n\n 2) b\n\u0663. c\n\u2022 d\n\t* e\n3 f", "a_b __ I'm not able _sorry_ i_",
           "\u00a0- x\u2003?! y?\u2028Z", "\u00b2\u2460 x\u00b2", "\u212a \u0130stanbul \u0130", "..?! ...a !?\n",
           "HTTP http", "www.x Www.", "Which\none? which (x) ?", "WHAT DO you? tell me more. ?"]
    responses += [(["is it", "so, sorry a_b"], t) for t in odd]
    out = []
    for turns, response in responses:
        prompt, last = "\n".join(turns), turns[-1]
        if "Human:" in prompt:
            continue
        values, ofLast = feats.style(prompt, response), feats.style(last, response)
        for name in ("contain", "lastover"):
            values[feats.STYLE_NAMES.index(name)] = ofLast[feats.STYLE_NAMES.index(name)]
        out.append(dict(prompt=prompt, last=last, response=response, values=[float(v) for v in values]))
    json.dump(out, sys.stdout)
    """#
}
