package example.linking;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.OutputStage;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** A dense layer of a transformer: floats in, words of 8 bits times words of 8 bits, floats out. */
final class QuantizedDense {
  private static final FixedFormat ACTIVATION =
      FixedFormat.parse("ap_fixed<8,3,AP_RND_CONV,AP_SAT>");
  private static final FixedFormat WEIGHT = FixedFormat.parse("ap_fixed<8,0>");
  private static final FixedFormat RESULT = FixedFormat.parse("ap_fixed<16,7,AP_RND_CONV,AP_SAT>");

  private final Gemm gemm;

  private QuantizedDense(Gemm gemm) {
    this.gemm = gemm;
  }

  /**
   * Plans the layer with the weights of a file, k x n bytes.
   *
   * <p>The file is mapped, and the plan packs the words from there: they are never copied to the
   * heap as they are, and the mapping ends when the plan is made.
   */
  static QuantizedDense load(Path file, int k, int n) throws IOException {
    try (Arena arena = Arena.ofConfined(); FileChannel channel = FileChannel.open(file)) {
      MemorySegment words = channel.map(FileChannel.MapMode.READ_ONLY, 0, (long) k * n, arena);
      FixedTensor weights = FixedTensor.of(WEIGHT, words, k, n);
      return new QuantizedDense(Gemm.of(ACTIVATION, weights, OutputStage.to(RESULT)));
    }
  }

  /** Casts m rows of floats into words. */
  FixedTensor quantize(float[] x, int m) {
    return FixedTensor.quantize(ACTIVATION, x, m, gemm.k());
  }

  /** Makes place for m rows of results. */
  FixedTensor results(int m) {
    return FixedTensor.allocate(RESULT, m, gemm.n());
  }

  /** Multiplies on the caller's thread and on those of the executor, and allocates nothing. */
  void multiply(FixedTensor x, FixedTensor y, Executor executor, int threads) {
    gemm.run(x, y, executor, threads);
  }
}
