package io.fixlane.djl;

import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.data.Digits;
import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.Network;
import io.fixlane.network.layer.Weights;
import io.fixlane.tensor.FixedTensor;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/** A network that sorts handwritten digits by the mean of each class that is nearest. */
final class DigitNetwork {
  static final Dataset DIGITS = Digits.read();
  static final List<String> NAMES = IntStream.range(0, 10).mapToObj("digit %d"::formatted).toList();

  private static final int PIXELS = 64;

  private DigitNetwork() {}

  /** |x - mean|^2 is least where x mean - |mean|^2 / 2 is greatest. */
  static Network network() {
    double[][] means = means();
    float[] weights = new float[PIXELS * 10];
    float[] bias = new float[10];
    for (int digit = 0; digit < 10; digit++) {
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        weights[pixel * 10 + digit] = (float) means[digit][pixel];
        bias[digit] -= (float) (means[digit][pixel] * means[digit][pixel] / 2);
      }
    }
    FixedFormat weight = FixedFormat.parse("ap_fixed<8,1,AP_RND_CONV,AP_SAT>");
    FixedFormat sum = FixedFormat.parse("ap_fixed<16,6,AP_RND_CONV,AP_SAT>");
    return Network.builder(FixedFormat.parse("ap_ufixed<8,1,AP_RND_CONV,AP_SAT>"), 8, 8, 1)
        .flatten("pixels")
        .dense("digits", Weights.of(FixedTensor.quantize(weight, weights, PIXELS, 10)),
            OutputStage.to(sum).withBias(FixedTensor.quantize(sum, bias, 10)))
        .build();
  }

  private static double[][] means() {
    double[][] means = new double[10][PIXELS];
    int[] counts = new int[10];
    float[] images = DIGITS.images();
    for (int i = 0; i < DIGITS.size(); i++) {
      counts[DIGITS.label(i)]++;
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        means[DIGITS.label(i)][pixel] += images[i * PIXELS + pixel];
      }
    }
    for (int digit = 0; digit < 10; digit++) {
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        means[digit][pixel] /= counts[digit];
      }
    }
    return means;
  }

  /** A digit as others have it: white on black, each pixel of 8 x 8 as a square of the scale. */
  static BufferedImage image(int index, int scale) {
    BufferedImage image =
        new BufferedImage(8 * scale, 8 * scale, BufferedImage.TYPE_BYTE_GRAY);
    float[] pixels = DIGITS.batch(index).images().data();
    for (int y = 0; y < 8 * scale; y++) {
      for (int x = 0; x < 8 * scale; x++) {
        image.getRaster().setSample(
            x, y, 0, Math.round(255 * pixels[y / scale * 8 + x / scale]));
      }
    }
    return image;
  }
}
