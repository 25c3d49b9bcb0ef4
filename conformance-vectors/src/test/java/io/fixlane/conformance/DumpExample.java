package io.fixlane.conformance;

import io.fixlane.format.FixedFormat;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;

/** How to read what a C simulation has printed. */
final class DumpExample {
  private DumpExample() {}

  static BigInteger number() {
    // @start region="numbers"
    FixedFormat format = FixedFormat.parse("ap_fixed<16,6>");
    BigInteger word = DumpNumbers.of(format, DumpNotation.VALUES).word("-12.0557"); // -12345
    // @end
    return word;
  }

  static long countNegative(Path file) throws IOException {
    // @start region="read"
    FixedFormat format = FixedFormat.parse("ap_fixed<16,6>");
    long negative = 0;
    try (DumpReader dump = new DumpReader(
        VectorSource.of(file), DumpNumbers.of(format, DumpNotation.VALUES))) {
      for (BigInteger word = dump.next(); word != null; word = dump.next()) {
        negative += word.signum() < 0 ? 1 : 0;
      }
    }
    // @end
    return negative;
  }

  static boolean same(Path simulation, Path hardware) throws IOException {
    // @start region="compare"
    FixedFormat format = FixedFormat.parse("ap_fixed<16,6>");
    DumpNumbers values = DumpNumbers.of(format, DumpNotation.VALUES);
    DumpNumbers hex = DumpNumbers.of(format, DumpNotation.HEX);
    DumpComparison comparison;
    try (DumpReader a = new DumpReader(VectorSource.of(simulation), values);
        DumpReader b = new DumpReader(VectorSource.of(hardware), hex)) {
      comparison = DumpComparison.of(a, b, 10);
    }
    // @end
    return comparison.same();
  }
}
