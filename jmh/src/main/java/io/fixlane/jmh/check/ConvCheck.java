package io.fixlane.jmh.check;

import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceStage;
import io.fixlane.reference.ReferenceConv2d;
import io.fixlane.shape.ImageShape;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a convolution of one image, NHWC, with the reference's, in the first and the last output
 * channel, at all places: the reference takes minutes for all channels.
 */
public final class ConvCheck {
  // Holds every sum that is measured.
  private static final int EXACT_BITS = 64;

  private ConvCheck() {}

  /**
   * Checks results of exact sums.
   *
   * @param x the image
   * @param weights outputs x channels of a group x kernelHeight x kernelWidth words
   * @param bias one word for each output
   * @param sizes the sizes
   * @param relu whether negative sums become 0
   * @param results the output
   * @throws IllegalStateException if a word that is looked at is wrong
   */
  public static void sample(FixedTensor x, FixedTensor weights, FixedTensor bias, ConvSizes sizes,
      boolean relu, FixedTensor results) {
    for (int output : new int[] {0, sizes.outputs() - 1}) {
      check(x, weights, bias, sizes, relu, results, output);
    }
  }

  private static void check(FixedTensor x, FixedTensor weights, FixedTensor bias, ConvSizes sizes,
      boolean relu, FixedTensor results, int output) {
    ImageShape image = sizes.image();
    int channels = image.channels() / sizes.groups();
    int firstChannel = output / (sizes.outputs() / sizes.groups()) * channels;
    List<Fixed> pixels = new ArrayList<>();
    for (int pixel = 0; pixel < image.pixels(); pixel++) {
      for (int c = 0; c < channels; c++) {
        pixels.add(x.value((long) pixel * image.channels() + firstChannel + c));
      }
    }
    long taps = weights.size() / sizes.outputs();
    List<Fixed> kernel = new ArrayList<>();
    for (long i = 0; i < taps; i++) {
      kernel.add(weights.value(output * taps + i));
    }
    FixedFormat product = x.format().times(weights.format());
    FixedFormat sum = FixedFormat.signed(EXACT_BITS, EXACT_BITS - product.fractionBits());
    ReferenceConv2d reference = new ReferenceConv2d(image.withChannels(channels), 1,
        sizes.window(), 1, new ReferenceStage(sum, relu, results.format()));
    List<Fixed> expected = reference.run(pixels, kernel, List.of(bias.value(output)));
    for (int place = 0; place < expected.size(); place++) {
      long index = (long) place * sizes.outputs() + output;
      Check.equal(index, expected.get(place), results.value(index));
    }
  }
}
