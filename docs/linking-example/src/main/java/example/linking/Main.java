package example.linking;

import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Loads a layer from a file, checks its words, and tells where the time goes. */
public final class Main {
  private static final int K = 4096;
  private static final int N = 4096;
  private static final long NANOS_OF_A_ROUND = 500_000_000;
  private static final int ROUNDS = 5;

  public static void main(String[] args) throws IOException {
    Random random = new Random(1);
    byte[] words = new byte[K * N];
    random.nextBytes(words);
    Path file = Files.write(Files.createTempFile("weights", ".bin"), words);
    try {
      long start = System.nanoTime();
      QuantizedDense layer = QuantizedDense.load(file, K, N);
      print("plan        %8.1f ms%n", (System.nanoTime() - start) / 1e6);
      try (ExecutorService executor = Executors.newFixedThreadPool(1)) {
        for (int m : new int[] {1, 32}) {
          measure(layer, words, m, random, executor);
        }
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void measure(
      QuantizedDense layer, byte[] weights, int m, Random random, ExecutorService executor) {
    float[] floats = new float[m * K];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) random.nextGaussian();
    }
    FixedTensor x = layer.quantize(floats, m);
    FixedTensor y = layer.results(m);
    layer.multiply(x, y, executor, 1);
    check(x, weights, y);
    print("m = %-3d     words %08x%n", m, Arrays.hashCode(words(y)));
    double product = time(() -> layer.multiply(x, y, executor, 1));
    print("  quantize  %8.3f ms%n", time(() -> layer.quantize(floats, m)));
    print("  product   %8.3f ms, %6.1f GMAC/s, %5.1f GB/s of weights%n",
        product, m * (double) K * N / product / 1e6, K * (double) N / product / 1e6);
    print("  2 threads %8.3f ms%n", time(() -> layer.multiply(x, y, executor, 2)));
    print("  floats    %8.3f ms%n", time(() -> y.dequantize(new float[m * N])));
  }

  private static long[] words(FixedTensor y) {
    long[] words = new long[Math.toIntExact(y.size())];
    Arrays.setAll(words, y::raw);
    return words;
  }

  /** Holds some results to plain sums: rounded to the nearest, ties to even, and saturated. */
  private static void check(FixedTensor x, byte[] weights, FixedTensor y) {
    for (int i = 0; i < y.size(); i += 97) {
      long sum = 0;
      for (int k = 0; k < K; k++) {
        sum += x.raw((long) i / N * K + k) * weights[k * N + i % N];
      }
      // 5 and 8 fraction bits make 13, of which 9 stay.
      long rounded = (long) Math.rint(sum / 16.0);
      if (y.raw(i) != Math.clamp(rounded, Short.MIN_VALUE, Short.MAX_VALUE)) {
        throw new AssertionError("result " + i + " is " + y.raw(i) + ", not " + rounded);
      }
    }
  }

  /** Returns the median time of a run, in milliseconds, when the JVM has compiled it. */
  private static double time(Runnable run) {
    double median = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long[] times = new long[10_000];
      int count = 0;
      long start = System.nanoTime();
      for (long now = start; now - start < NANOS_OF_A_ROUND && count < times.length; count++) {
        run.run();
        long end = System.nanoTime();
        times[count] = end - now;
        now = end;
      }
      Arrays.sort(times, 0, count);
      median = times[count / 2] / 1e6;
    }
    return median;
  }

  private static void print(String format, Object... values) {
    System.out.print(String.format(Locale.ROOT, format, values));
  }
}
