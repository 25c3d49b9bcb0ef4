package io.fixlane.network.plan;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.OutputStage.ScaleAndShift;
import io.fixlane.kernels.OutputStage.Step;
import io.fixlane.network.layer.NetworkCost;
import io.fixlane.network.layer.Weights;
import io.fixlane.network.words.WordPacking;
import io.fixlane.tensor.FixedTensor;

/** What words and products cost, and what costs are together. */
final class Costs {
  /** What costs nothing. */
  static final NetworkCost NONE = new NetworkCost(0, 0, 0, 0, 0, 0);

  private Costs() {}

  /** Returns the sum of costs. */
  static NetworkCost sum(NetworkCost... costs) {
    NetworkCost sum = NONE;
    for (NetworkCost cost : costs) {
      sum = plus(sum, cost);
    }
    return sum;
  }

  /** Returns the sum of two costs. */
  static NetworkCost plus(NetworkCost a, NetworkCost b) {
    return new NetworkCost(a.parameters() + b.parameters(), a.packedBytes() + b.packedBytes(),
        a.macs() + b.macs(), a.multiplications() + b.multiplications(),
        a.signProducts() + b.signProducts(), a.adders() + b.adders());
  }

  static NetworkCost ofWords(FixedTensor words) {
    return new NetworkCost(
        words.size(), WordPacking.bytes(words.size(), words.format()), 0, 0, 0, 0);
  }

  static NetworkCost ofMacs(long macs) {
    return new NetworkCost(0, 0, macs, 0, 0, 0);
  }

  static NetworkCost ofMultiplications(long multiplications) {
    return new NetworkCost(0, 0, 0, multiplications, 0, 0);
  }

  static NetworkCost ofSignProducts(long products) {
    return new NetworkCost(0, 0, 0, 0, products, 0);
  }

  /** Returns what products of so many words of a format by weights cost. */
  static NetworkCost ofProducts(FixedFormat x, Weights weights, long products) {
    KHot kHot = weights.kHot();
    return kHot == null
        ? ofMultiplications(products)
        : new NetworkCost(0, 0, 0, 0, 0, kHot.cost(x, weights.words()).adders());
  }

  /** Returns what bias and steps cost for so many results. */
  static NetworkCost ofStage(OutputStage stage, long results) {
    FixedTensor bias = stage.bias();
    NetworkCost cost = bias == null ? NONE : ofWords(bias);
    for (Step step : stage.steps()) {
      if (step instanceof ScaleAndShift s) {
        cost = sum(cost, ofWords(s.scale()), ofWords(s.shift()), ofMultiplications(results));
      }
    }
    return cost;
  }
}
