import PreferenceData

/// The `label_smoothing` that two losses made for noisy preferences take, given how many labels are
/// still wrong.
///
/// With e the share of wrong labels, m the implicit reward margin and l(m) = -log sigma(m):
/// cDPO minimises (1 - e) l(m) + e l(-m), whose optimum is sigma(m) = 1 - e (Mitchell 2023, "A note on
/// DPO with noisy preferences"); rDPO minimises ((1 - e) l(m) - e l(-m)) / (1 - 2e), an unbiased
/// estimate of the loss without noise (Chowdhury et al. 2024, arXiv:2403.00409). Both take e itself.
/// - Limits: e is below 1/2; at 1/2 the labels say nothing, and rDPO divides by 0.
public struct LabelSmoothing: Hashable, Sendable {
  /// For TRL's `loss_type="sigmoid"`.
  public let cDPO: Double?
  /// For TRL's `loss_type="robust"`.
  public let rDPO: Double?
  /// Why there is no value, or where it comes from.
  public let note: String

  /// - Parameter remainingNoise: The share of wrong labels; nil where it is not measured.
  public init(remainingNoise: Double?) {
    guard let remainingNoise else {
      (cDPO, rDPO) = (nil, nil)
      note = "not measured"
      return
    }
    guard remainingNoise >= 0, remainingNoise < 0.5 else {
      (cDPO, rDPO) = (nil, nil)
      note = "half of the labels or more are wrong: no smoothing makes up for that"
      return
    }
    (cDPO, rDPO) = (remainingNoise, remainingNoise)
    note = "the share of wrong labels among undecided rows, from random audit rows"
  }

  var value: JSONValue {
    [
      "cdpo": JSONValue(cDPO) { .number($0) }, "rdpo": JSONValue(rDPO) { .number($0) },
      "note": .string(note),
    ]
  }
}
