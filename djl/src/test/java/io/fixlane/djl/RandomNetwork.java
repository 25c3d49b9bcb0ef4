package io.fixlane.djl;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.Network;
import io.fixlane.network.layer.Weights;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.Random;

/** Small networks with random words. */
final class RandomNetwork {
  private static final FixedFormat INPUT = FixedFormat.parse("ap_fixed<6,3,AP_RND_CONV,AP_SAT>");
  private static final FixedFormat WEIGHT = FixedFormat.parse("ap_fixed<5,1,AP_RND_CONV,AP_SAT>");
  private static final FixedFormat RESULT = FixedFormat.parse("ap_fixed<9,4,AP_RND_CONV,AP_SAT>");

  private RandomNetwork() {}

  /** Images of 5 x 6 pixels and 3 channels, to images of 2 channels. */
  static Network images(long seed) {
    return images(seed, 5, 6, 3);
  }

  /** Images of a size, to images of 2 channels. */
  static Network images(long seed, int height, int width, int channels) {
    return Network.builder(INPUT, height, width, channels)
        .conv2d("conv", Weights.of(words(new Random(seed), 2, channels, 3, 3)),
            Window.of(3, 3).withPadding(1, 1), OutputStage.to(RESULT))
        .build();
  }

  /** 7 features to 4. */
  static Network features(long seed) {
    return Network.builder(INPUT, 7)
        .dense("dense", Weights.of(words(new Random(seed), 7, 4)), OutputStage.to(RESULT)).build();
  }

  /** Numbers of which some are beyond the input's range, and most between its words. */
  static float[] numbers(long seed, int count) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian() * 2;
    }
    return numbers;
  }

  private static FixedTensor words(Random random, int... shape) {
    FixedTensor words = FixedTensor.allocate(WEIGHT, shape);
    for (long i = 0; i < words.size(); i++) {
      words.setRaw(i, random.nextInt(-16, 16));
    }
    return words;
  }
}
