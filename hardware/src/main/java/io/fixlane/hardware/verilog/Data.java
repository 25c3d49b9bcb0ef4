package io.fixlane.hardware.verilog;

import io.fixlane.network.layer.TensorType;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.Random;

/** The words of samples, as a simulator reads them: a vector a line, in hexadecimal. */
final class Data {
  /** What draws samples: the same ones each time. */
  private static final long SEED = 20;

  private Data() {}

  /** Returns samples of random words, some of which are the ends of the range. */
  static FixedTensor samples(TensorType type, int count) {
    int[] shape = new int[type.shape().size() + 1];
    shape[0] = count;
    System.arraycopy(type.dimensions(), 0, shape, 1, shape.length - 1);
    FixedTensor samples = FixedTensor.allocate(type.format(), shape);
    Random random = new Random(SEED);
    BigInteger span = type.format().maxRaw().subtract(type.format().minRaw());
    for (long i = 0; i < samples.size(); i++) {
      BigInteger offset = switch (random.nextInt(16)) {
        case 0 -> BigInteger.ZERO;
        case 1 -> span;
        default -> new BigInteger(type.format().width(), random);
      };
      samples.setRaw(i, type.format().minRaw().add(offset).longValue());
    }
    return samples;
  }

  /** Returns the text of samples, each of so many vectors. */
  static String text(FixedTensor words, TensorType type) {
    int bits = type.format().width();
    int channels = type.channels();
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits);
    StringBuilder text = new StringBuilder();
    for (long pixel = 0; pixel < words.size() / channels; pixel++) {
      BigInteger vector = BigInteger.ZERO;
      for (int c = channels - 1; c >= 0; c--) {
        BigInteger word = words.value(pixel * channels + c).raw().mod(modulus);
        vector = vector.shiftLeft(bits).or(word);
      }
      text.append(vector.toString(16)).append('\n');
    }
    return text.toString();
  }
}
