package io.fixlane.conformance;

import io.fixlane.conformance.Operation.Multiply;
import io.fixlane.format.FixedFormat;
import java.io.IOException;

/** How to check arithmetic of one's own. */
final class OwnImplementationExample {
  private OwnImplementationExample() {}

  // @start region="implementation"
  /** Multiplies, where the product fits in a long. */
  static final class LongMultiplier implements Implementation {
    @Override
    public String name() {
      return "long multiplier";
    }

    @Override
    public boolean covers(VectorBlock block, WordType z) {
      return block.operation() instanceof Multiply && z.width() < Long.SIZE;
    }

    @Override
    public Words compute(VectorBlock block, WordType z) {
      long[] x = block.x().toLongArray();
      long[] y = block.y().toLongArray();
      long[] product = new long[x.length];
      for (int i = 0; i < x.length; i++) {
        product[i] = x[i] * y[i];
      }
      return Words.of(z, product);
    }
  }
  // @end

  static ConformanceReport run() throws IOException {
    // @start region="run"
    ConformanceSuite suite = new ConformanceSuite(new LongMultiplier());
    for (VectorSource source : VectorSource.bundled()) {
      if (source.name().equals("arith.vec.gz")) {
        ConformanceReport report = suite.run(source);
        report.mismatches().forEach(System.err::println);
        return report;
      }
    }
    // @end
    throw new IllegalStateException("arith.vec.gz is not bundled");
  }

  static Words words() {
    // @start region="words"
    FixedFormat format = FixedFormat.parse("ap_fixed<8,3>");
    Words words = Words.of(format, -128, 0, 127);
    long[] raw = words.toLongArray(); // {-128, 0, 127}
    // @end
    return Words.of(format, raw);
  }
}
