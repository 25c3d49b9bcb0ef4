package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.ConvShape.Layout;
import io.fixlane.kernels.fixture.Accumulators;
import io.fixlane.kernels.fixture.WordKind;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceConv2d;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A convolution to be computed by a plan, by the reference, and by the HLS loop written out, which
 * has the groups, the dilation and the two strides that the reference has not.
 *
 * @param shape the sizes
 * @param x the images
 * @param layer the weights of all outputs as k x outputs words, and what surrounds the products
 */
record ConvProblem(ConvShape shape, FixedTensor x, GemmProblem layer) {

  /** Returns a random convolution of these formats. */
  static ConvProblem of(ConvShape shape, int images, FixedFormat activations, FixedFormat weights,
      WordKind activationKind, WordKind weightKind, Accumulators accumulators, Random random) {
    int k = shape.channels() / shape.groups() * shape.kernelHeight() * shape.kernelWidth();
    GemmProblem layer = GemmProblem.of(1, k, shape.outputs(), activations, weights, WordKind.ANY,
        weightKind, accumulators, random);
    FixedTensor x = FixedTensor.allocate(activations,
        images, shape.height(), shape.width(), shape.channels());
    activationKind.fill(x, random);
    return new ConvProblem(shape, x, layer);
  }

  ConvProblem withLayer(GemmProblem other) {
    return new ConvProblem(shape, x, other);
  }

  int images() {
    return x.dimension(0);
  }

  /** Returns the weights, outputs x channels of a group x kernelHeight x kernelWidth. */
  FixedTensor weights() {
    return layer.w().reshape(shape.outputs(), shape.channels() / shape.groups(),
        shape.kernelHeight(), shape.kernelWidth());
  }

  Conv2d plan() {
    return Conv2d.of(x.format(), weights(), shape, layer.stage());
  }

  /** Returns the number of results. */
  int results() {
    return images() * shape.outputs() * shape.places();
  }

  FixedTensor target() {
    return FixedTensor.allocate(layer.outputs().getFirst(), results());
  }

  /** Returns the output channel of a result. */
  int channel(int result) {
    return shape.layout() == Layout.NHWC
        ? result % shape.outputs()
        : result / shape.places() % shape.outputs();
  }

  /** Returns the reference's results where it has the shape, and those of the loop elsewhere. */
  List<Fixed> reference() {
    return hasReference() ? ofReference() : ofLoop();
  }

  List<BigInteger> referenceWords() {
    return reference().stream().map(Fixed::raw).toList();
  }

  boolean hasReference() {
    return shape.groups() == 1 && shape.dilationX() == 1 && shape.dilationY() == 1
        && shape.strideX() == shape.strideY() && shape.paddingX() == shape.paddingY()
        && layer.outputs().size() == 1;
  }

  /** Returns the results of {@link ReferenceConv2d}. */
  List<Fixed> ofReference() {
    ConvShape s = shape;
    ReferenceConv2d conv = new ReferenceConv2d(
        new ReferenceConv2d.Shape(s.channels(), s.height(), s.width(), s.outputs(),
            s.kernelHeight(), s.kernelWidth(), s.strideX(), s.paddingX()),
        new io.fixlane.reference.OutputStage(accumulator(), layer.relu(),
            layer.outputs().getFirst()));
    Fixed[] results = new Fixed[results()];
    List<Fixed> bias = layer.bias() == null ? null : GemmProblem.values(layer.bias());
    for (int image = 0; image < images(); image++) {
      List<Fixed> planes = new ArrayList<>();
      for (int c = 0; c < s.channels(); c++) {
        for (int y = 0; y < s.height(); y++) {
          for (int column = 0; column < s.width(); column++) {
            planes.add(x.value(pixel(image, c, y, column)));
          }
        }
      }
      List<Fixed> z = conv.run(planes, GemmProblem.values(layer.w()), bias);
      for (int o = 0; o < s.outputs(); o++) {
        for (int place = 0; place < s.places(); place++) {
          results[result(image, o, place)] = z.get(o * s.places() + place);
        }
      }
    }
    return Arrays.asList(results);
  }

  /** Returns the results of the loop. */
  List<Fixed> ofLoop() {
    Fixed[] results = new Fixed[results()];
    List<Fixed> weights = GemmProblem.values(layer.w());
    List<Fixed> pixels = GemmProblem.values(x);
    for (int image = 0; image < images(); image++) {
      for (int o = 0; o < shape.outputs(); o++) {
        for (int place = 0; place < shape.places(); place++) {
          Fixed sum = sum(pixels, weights, image, o, place);
          FixedFormat output = layer.outputs().get(layer.outputs().size() == 1 ? 0 : o);
          results[result(image, o, place)] = layer.relu() && sum.raw().signum() < 0
              ? Fixed.ofRaw(0, output)
              : sum.cast(output);
        }
      }
    }
    return Arrays.asList(results);
  }

  private Fixed sum(List<Fixed> pixels, List<Fixed> weights, int image, int o, int place) {
    ConvShape s = shape;
    FixedFormat accumulator = accumulator();
    FixedTensor bias = layer.bias();
    Fixed sum = bias == null ? Fixed.ofRaw(0, accumulator) : bias.value(o).cast(accumulator);
    int top = place / s.outputWidth() * s.strideY() - s.paddingY();
    int left = place % s.outputWidth() * s.strideX() - s.paddingX();
    int channels = s.channels() / s.groups();
    int first = o / (s.outputs() / s.groups()) * channels;
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < s.kernelHeight(); i++) {
        for (int j = 0; j < s.kernelWidth(); j++) {
          int y = top + i * s.dilationY();
          int column = left + j * s.dilationX();
          if (0 <= y && y < s.height() && 0 <= column && column < s.width()) {
            Fixed weight =
                weights.get(((o * channels + c) * s.kernelHeight() + i) * s.kernelWidth() + j);
            Fixed pixel = pixels.get(pixel(image, first + c, y, column));
            sum = sum.plus(pixel.times(weight)).cast(accumulator);
          }
        }
      }
    }
    return sum;
  }

  private FixedFormat accumulator() {
    @Nullable
    FixedFormat given = layer.accumulator();
    return given == null ? layer.exact() : given;
  }

  private int pixel(int image, int channel, int y, int column) {
    return shape.layout() == Layout.NHWC
        ? ((image * shape.height() + y) * shape.width() + column) * shape.channels() + channel
        : ((image * shape.channels() + channel) * shape.height() + y) * shape.width() + column;
  }

  private int result(int image, int output, int place) {
    return shape.layout() == Layout.NHWC
        ? (image * shape.places() + place) * shape.outputs() + output
        : (image * shape.outputs() + output) * shape.places() + place;
  }

  @Override
  public String toString() {
    return images() + " images of " + shape + ", " + x.format() + " x " + layer.w().format() + ", "
        + layer.stage() + ", accumulator " + layer.accumulator();
  }
}
