package io.fixlane.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.format.FixedFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Bitwise operators, shifts, comparisons and conversions to integers give what the real header
 * gives. {@code operators.cpp}, among the resources, wrote the words.
 */
class OperatorsTest {
  private static final int LINES = 8_114;

  private FixedFormat x;
  private FixedFormat y;
  private FixedFormat z;
  private int bits;

  @Test
  void giveTheWordsOfTheHeader() throws IOException {
    int lines = 0;
    String[] block = {};
    try (BufferedReader in = new BufferedReader(new InputStreamReader(new GZIPInputStream(
        OperatorsTest.class.getResourceAsStream("operators.txt.gz")), StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] fields = line.split(" ");
        if (Character.isLetter(line.charAt(0))) {
          block = fields;
          open(fields);
          continue;
        }
        lines++;
        assertThat(computed(block[0], fields)).as("%s: %s", String.join(" ", block), line)
            .isEqualTo(line);
      }
    }
    assertThat(lines).isEqualTo(LINES);
  }

  private void open(String[] block) {
    x = FixedFormat.parse(block[1]);
    switch (block[0]) {
      case "binary" -> {
        y = FixedFormat.parse(block[2]);
        z = FixedFormat.parse(block[3]);
      }
      case "shift" -> bits = Integer.parseInt(block[2]);
      default -> {}
    }
  }

  private String computed(String block, String[] fields) {
    Fixed a = Fixed.ofRaw(x, new BigInteger(fields[0]));
    return fields[0] + " " + switch (block) {
      case "binary" -> binary(a, Fixed.ofRaw(y, new BigInteger(fields[1])));
      case "unary" -> a.not().raw() + " " + a.toInt() + " " + a.toLong();
      default -> a.shiftLeft(bits).raw() + " " + a.shiftRight(bits).raw();
    };
  }

  private String binary(Fixed a, Fixed b) {
    assertThat(a.and(b).format()).isEqualTo(a.or(b).format()).isEqualTo(a.xor(b).format())
        .isEqualTo(z);
    int order = a.compareAsHls(b);
    boolean equal = a.equalsAsHls(b);
    return b.raw() + " " + a.and(b).raw() + " " + a.or(b).raw() + " " + a.xor(b).raw() + " "
        + digit(order < 0) + digit(order <= 0) + digit(order > 0) + digit(order >= 0)
        + digit(equal) + digit(!equal);
  }

  private static String digit(boolean bit) {
    return bit ? "1" : "0";
  }
}
