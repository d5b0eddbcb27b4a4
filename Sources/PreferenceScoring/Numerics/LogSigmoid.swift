import Foundation

/// sigma(x) = 1 / (1 + e^-x): the probability that goes with log-odds `x`. In [0, 1], exact in both
/// tails: sigma(x) + sigma(-x) = 1.
func sigmoid(_ x: Double) -> Double {
  let tail = exp(-abs(x))
  return x >= 0 ? 1 / (1 + tail) : tail / (1 + tail)
}

/// softplus(x) = ln(1 + e^x) = -ln sigma(-x), without overflow.
func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

/// sigma(x) in single precision.
func singleSigmoid(_ x: Float) -> Float { 1 / (1 + expf(-x)) }
