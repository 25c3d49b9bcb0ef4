package io.fixlane.autograd.search;

import io.fixlane.network.Network;
import io.fixlane.network.layer.NetworkCost;
import java.io.Serializable;

/**
 * What the network of a trial costs.
 *
 * @param bytes what its words take in a file, packed
 * @param macs the multiply-accumulates of a sample
 * @param macBits these, each times the width of its weight
 * @param multiplications the multiplications of a sample that are no shifts
 * @param adders the adders that make K-hot terms into products
 */
public record TrialCost(long bytes, long macs, long macBits, long multiplications, long adders)
    implements Serializable {
  static TrialCost of(Network network, Formats formats) {
    NetworkCost cost = network.cost();
    return new TrialCost(cost.packedBytes(), cost.macs(), cost.macs() * formats.bits(),
        cost.multiplications(), cost.adders());
  }
}
