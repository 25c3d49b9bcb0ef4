package io.fixlane.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.Random;
import java.util.function.IntFunction;

/** Random words, crowded at 0, at the ends of the range, at powers of two and at ties. */
public final class Words {
  private Words() {}

  /** Returns a random word of a format. */
  public static BigInteger random(FixedFormat format, Random random) {
    BigInteger near = BigInteger.valueOf(random.nextInt(-2, 3));
    BigInteger word = switch (random.nextInt(6)) {
      case 0 -> near;
      case 1 -> format.minRaw().add(near);
      case 2 -> format.maxRaw().add(near);
      case 3 -> BigInteger.TWO.pow(random.nextInt(format.width() + 1)).add(near);
      case 4 ->
          BigInteger.valueOf(random.nextInt(-64, 64)).shiftLeft(random.nextInt(format.width()));
      default -> new BigInteger(format.width(), random);
    };
    return format.wrap(random.nextBoolean() ? word : word.negate());
  }

  /** Returns a tensor of random words. */
  static FixedTensor tensor(FixedFormat format, Random random, int... shape) {
    return fill(FixedTensor.allocate(format, shape), random);
  }

  static FixedTensor fill(FixedTensor tensor, Random random) {
    for (long i = 0; i < tensor.size(); i++) {
      tensor.setRaw(i, random(tensor.format(), random).longValue());
    }
    return tensor;
  }

  /** Returns memory of random bytes. */
  static MemorySegment noise(MemorySegment memory, Random random) {
    byte[] bytes = new byte[(int) memory.byteSize()];
    random.nextBytes(bytes);
    return memory.copyFrom(MemorySegment.ofArray(bytes));
  }

  /** Asserts that a tensor holds these words. */
  static void assertWords(Object plan, FixedTensor actual, IntFunction<BigInteger> expected) {
    for (int i = 0; i < actual.size(); i++) {
      BigInteger word = actual.value(i).raw();
      BigInteger must = expected.apply(i);
      if (!word.equals(must)) {
        assertThat(word).as("%s: word %d of %d", plan, i, actual.size()).isEqualTo(must);
      }
    }
  }

  /** Returns the words of memory as bytes, to see later that nothing else was written. */
  static byte[] bytes(MemorySegment memory) {
    return memory.toArray(ValueLayout.JAVA_BYTE);
  }
}
