package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.fixture.Accumulators;
import io.fixlane.kernels.fixture.WordKind;
import io.fixlane.reference.ReferenceStage;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceConv2d;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A convolution to be computed by a plan and by the reference.
 *
 * @param conv the sizes
 * @param x the images
 * @param layer the weights of all outputs as k x outputs words, and what surrounds the products
 */
record ConvProblem(Convolution conv, FixedTensor x, GemmProblem layer) {

  /** Returns a random convolution of these formats. */
  static ConvProblem of(Convolution conv, int images, FixedFormat activations, FixedFormat weights,
      WordKind activationKind, WordKind weightKind, Accumulators accumulators, Random random) {
    int k = conv.image().channels() / conv.groups() * conv.window().taps();
    GemmProblem layer = GemmProblem.of(1, k, conv.outputs(), activations, weights, WordKind.ANY,
        weightKind, accumulators, random);
    FixedTensor x = FixedTensor.allocate(activations, images, conv.image().size());
    activationKind.fill(x, random);
    return new ConvProblem(conv, x, layer);
  }

  ConvProblem withLayer(GemmProblem other) {
    return new ConvProblem(conv, x, other);
  }

  /** Returns the weights, outputs x channels of a group x kernelHeight x kernelWidth. */
  FixedTensor weights() {
    return layer.w().reshape(conv.weights());
  }

  Conv2d plan() {
    return plan(layer.stage());
  }

  Conv2d plan(OutputStage stage) {
    return Conv2d.of(
        x.format(), weights(), conv.image(), conv.window(), conv.groups(), stage);
  }

  /** Returns the number of results. */
  int results() {
    return x.dimension(0) * conv.output().size();
  }

  FixedTensor target() {
    return FixedTensor.allocate(layer.outputs().getFirst(), results());
  }

  /** Returns the output channel of a result. */
  int channel(int result) {
    ImageShape output = conv.output();
    return output.layout() == Layout.NHWC
        ? result % output.channels()
        : result / output.pixels() % output.channels();
  }

  /** Returns the results of {@link ReferenceConv2d}. */
  List<Fixed> reference() {
    FixedFormat given = layer.accumulator();
    FixedFormat accumulator = given == null ? layer.exact() : given;
    // The reference has one format for all channels; a cast into the same one is a copy.
    ReferenceConv2d reference =
        new ReferenceConv2d(conv.image(), conv.outputs(), conv.window(), conv.groups(),
            new ReferenceStage(accumulator, layer.relu(), accumulator));
    List<Fixed> weights = GemmProblem.values(layer.w());
    List<Fixed> bias = layer.bias() == null ? null : GemmProblem.values(layer.bias());
    List<Fixed> results = new ArrayList<>();
    for (int image = 0; image < x.dimension(0); image++) {
      for (Fixed sum : reference.run(GemmProblem.values(x.row(image)), weights, bias)) {
        int channel = layer.outputs().size() == 1 ? 0 : channel(results.size());
        results.add(sum.cast(layer.outputs().get(channel)));
      }
    }
    return results;
  }

  List<BigInteger> referenceWords() {
    return reference().stream().map(Fixed::raw).toList();
  }

  @Override
  public String toString() {
    return x.dimension(0) + " images, " + conv + ", " + x.format() + " x " + layer.w().format()
        + ", " + layer.stage() + ", accumulator " + layer.accumulator();
  }
}
