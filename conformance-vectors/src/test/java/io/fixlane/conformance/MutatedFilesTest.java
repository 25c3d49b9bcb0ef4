package io.fixlane.conformance;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** Files with bytes that were changed, cut, inserted or repeated are read, or refused as such. */
@Tag("property")
class MutatedFilesTest {
  private static final String DUMP =
      "# csim\r\n0.34375 -0.34375 \n-4,0\t6.67572e-06 // last\n"
          + "0xf5 0b1111.10101 -0x0.58p0 f5 0o17\n";

  @Property(tries = 2000)
  void aVectorFileIsReadOrRefused(@ForAll long seed, @ForAll boolean gzip) throws IOException {
    Random random = new Random(seed);
    RandomBlocks blocks = new RandomBlocks(seed);
    List<Operation> operations = blocks.operations();
    Operation operation = operations.get(random.nextInt(operations.size()));
    byte[] bytes = mutated(Vectors.write(List.of(blocks.block(operation)), gzip), random);
    try {
      Vectors.read(source(bytes));
    } catch (VectorFileException e) {
      // What it says is for other tests.
    }
  }

  @Property(tries = 4000)
  void aDumpIsReadOrRefused(@ForAll long seed, @ForAll DumpNotation notation) throws IOException {
    Random random = new Random(seed);
    byte[] bytes = mutated(DUMP.getBytes(StandardCharsets.US_ASCII), random);
    FixedFormat format = new FixedFormat(random.nextBoolean(), 1 + random.nextInt(100),
        Stream.of(3, -20, 200, Integer.MIN_VALUE + 200, Integer.MAX_VALUE).skip(random.nextInt(5))
            .findFirst().orElseThrow(),
        QuantizationMode.AP_RND, OverflowMode.AP_SAT, 0);
    DumpNumbers numbers = new DumpNumbers(format, notation, 1 + random.nextInt(20));
    for (String number : new String(bytes, StandardCharsets.ISO_8859_1).split("\\s")) {
      try {
        numbers.word(number);
      } catch (IllegalArgumentException e) {
        // The next one may be read.
      }
    }
    try (DumpReader dump = new DumpReader(source(bytes), numbers)) {
      while (dump.next() != null) {
        // Its words are for other tests.
      }
    } catch (VectorFileException e) {
      // What it says is for other tests.
    }
  }

  private static VectorSource source(byte[] bytes) {
    return new VectorSource("mutated", bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  /** Returns a copy in which one to four places are not what they were. */
  static byte[] mutated(byte[] file, Random random) {
    byte[] bytes = file;
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int from = random.nextInt(bytes.length + 1);
      int to = Math.min(bytes.length, from + 1 + random.nextInt(8));
      byte[] part = new byte[random.nextInt(4)];
      random.nextBytes(part);
      bytes = switch (random.nextInt(5)) {
        case 0 -> joined(bytes, from, part, to);
        case 1 -> joined(bytes, from, "0-.xeE#/,\t\n\r 9".substring(random.nextInt(15))
            .getBytes(StandardCharsets.US_ASCII), to);
        case 2 -> joined(bytes, from, new byte[0], to);
        case 3 -> joined(bytes, to, new byte[0], from);
        default -> joined(bytes, from, new byte[0], bytes.length);
      };
    }
    return bytes;
  }

  /** Returns the bytes before {@code from}, the part, and the bytes from {@code to} on. */
  private static byte[] joined(byte[] bytes, int from, byte[] part, int to) {
    byte[] joined = new byte[from + part.length + bytes.length - to];
    System.arraycopy(bytes, 0, joined, 0, from);
    System.arraycopy(part, 0, joined, from, part.length);
    System.arraycopy(bytes, to, joined, from + part.length, bytes.length - to);
    return joined;
  }
}
