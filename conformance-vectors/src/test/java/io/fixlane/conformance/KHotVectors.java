package io.fixlane.conformance;

import io.fixlane.conformance.Operation.Gemm;
import io.fixlane.conformance.Operation.KHot;
import io.fixlane.conformance.Operation.KHotGemm;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.reference.ReferenceKHot;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The content of {@code khot.vec.gz}: words that the reference computes, always the same. With the
 * classes of {@code reference}, and the classes and test classes of this module on the class path,
 * {@link #main} writes the file.
 */
final class KHotVectors {
  private static final int MAX_NARROW = 7;
  private static final int RANDOM_WORDS = 24;
  private static final Gemm SIZES = new Gemm(3, 5, 7, false);
  private static final Gemm RECTIFIED = new Gemm(3, 5, 7, true);

  private static final String[] WIDE = {
    "ap_fixed<16,6>", "ap_ufixed<16,6>", "ap_fixed<31,31>", "ap_fixed<32,1>", "ap_ufixed<32,0>",
    "ap_fixed<33,40>", "ap_fixed<63,3>", "ap_ufixed<63,3>", "ap_fixed<64,-3>", "ap_ufixed<64,64>",
    "ap_fixed<65,5>", "ap_ufixed<65,5>", "ap_fixed<128,64,AP_RND,AP_SAT_SYM>", "ap_ufixed<200,9>"};

  /** Formats of x and of the weights y. */
  private static final String[][] OPERANDS = {
    {"ap_fixed<8,3>", "ap_fixed<8,1>"},
    {"ap_ufixed<8,2>", "ap_fixed<5,2>"},
    {"ap_fixed<12,4>", "ap_ufixed<6,3>"}};

  private static final String[] ACCUMULATORS = {
    "ap_fixed<32,16>", "ap_fixed<9,4>", "ap_fixed<11,5,AP_RND,AP_SAT>",
    "ap_fixed<10,4,AP_TRN_ZERO,AP_WRAP_SM,1>"};

  private static final String[] OUTPUTS = {
    "ap_fixed<8,3,AP_RND_CONV,AP_SAT>", "ap_fixed<16,8>", "ap_ufixed<6,4,AP_RND,AP_SAT>"};

  private final VectorWriter writer;
  // The algorithm of Random is part of its specification.
  private final Random random = new Random(20);

  private KHotVectors(VectorWriter writer) {
    this.writer = writer;
  }

  /** Writes the file whose path is the one argument. */
  public static void main(String[] arguments) throws IOException {
    VectorWriter.write(Path.of(arguments[0]), KHotVectors::writeTo);
  }

  static void writeTo(VectorWriter writer) throws IOException {
    KHotVectors vectors = new KHotVectors(writer);
    vectors.narrowWords();
    vectors.wideWords();
    vectors.layers();
  }

  /** Every word of up to 8 bits. */
  private void narrowWords() throws IOException {
    for (int width = 1; width <= MAX_NARROW + 1; width++) {
      for (boolean signed : new boolean[] {true, false}) {
        FixedFormat format = FixedFormat.parse(
            (signed ? "ap_fixed<" : "ap_ufixed<") + width + ",3>");
        List<BigInteger> words = new ArrayList<>();
        for (long word = format.minRaw().longValue(); word <= format.maxRaw().longValue(); word++) {
          words.add(BigInteger.valueOf(word));
        }
        encode(format, words, width <= MAX_NARROW ? List.of(1, 2) : List.of(1, 2, 3, 4));
      }
    }
  }

  private void wideWords() throws IOException {
    for (String text : WIDE) {
      FixedFormat format = FixedFormat.parse(text);
      encode(format, edges(format), List.of(1, 2, 3, 8));
    }
  }

  /** Returns the ends of the range, powers of two and their neighbours, runs, and random words. */
  private List<BigInteger> edges(FixedFormat format) {
    int width = format.width();
    Set<BigInteger> words = new LinkedHashSet<>();
    for (long near = -3; near <= 3; near++) {
      for (int place : new int[] {0, 4, width / 2, width - 2, width - 1}) {
        BigInteger word = BigInteger.ONE.shiftLeft(place).add(BigInteger.valueOf(near));
        words.add(format.wrap(word));
        words.add(format.wrap(word.negate()));
      }
    }
    BigInteger ones = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
    for (long divisor : new long[] {3, 5, 7, 11}) {
      words.add(format.wrap(ones.divide(BigInteger.valueOf(divisor))));
      words.add(format.wrap(ones.divide(BigInteger.valueOf(divisor)).negate()));
    }
    for (int i = 0; i < RANDOM_WORDS; i++) {
      words.add(randomWord(format));
    }
    return List.copyOf(words);
  }

  private void encode(FixedFormat format, List<BigInteger> words, List<Integer> counts)
      throws IOException {
    Words x = Words.of(new WordType(format), words);
    for (KHotRule rule : KHotRule.values()) {
      for (int k : counts) {
        VectorBlock block =
            new VectorBlock(new KHot(new ReferenceKHot(k, rule)), x, null, null, null, 0);
        write(block, x.type());
      }
    }
  }

  private void layers() throws IOException {
    for (KHotRule rule : KHotRule.values()) {
      for (int k = 1; k <= 3; k++) {
        for (String accumulator : ACCUMULATORS) {
          for (String[] operands : OPERANDS) {
            layer(new ReferenceKHot(k, rule), operands, FixedFormat.parse(accumulator));
          }
        }
      }
    }
  }

  private void layer(ReferenceKHot encoder, String[] operands, FixedFormat accumulator)
      throws IOException {
    Gemm gemm = random.nextBoolean() ? RECTIFIED : SIZES;
    Signature signature = gemm.signature();
    Words x = randomWords(FixedFormat.parse(operands[0]), signature.x());
    Words y = randomWords(FixedFormat.parse(operands[1]), signature.y());
    Words bias = random.nextBoolean()
        ? randomWords(FixedFormat.parse("ap_fixed<7,3>"), signature.bias())
        : null;
    write(new VectorBlock(new KHotGemm(gemm, encoder), x, y, bias, accumulator, 0),
        WordType.parse(OUTPUTS[0]), WordType.parse(OUTPUTS[1]), WordType.parse(OUTPUTS[2]));
  }

  private void write(VectorBlock block, WordType... types) throws IOException {
    writer.block(block);
    for (WordType type : types) {
      writer.expected(new ReferenceImplementation().compute(block, type));
    }
  }

  private Words randomWords(FixedFormat format, int size) {
    List<BigInteger> words = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      words.add(randomWord(format));
    }
    return Words.of(new WordType(format), words);
  }

  /** Returns a word of random bits, one time in eight the end of the range. */
  private BigInteger randomWord(FixedFormat format) {
    int choice = random.nextInt(16);
    BigInteger bits = BigInteger.ZERO;
    for (int i = 0; i < format.width(); i += Long.SIZE) {
      bits = bits.shiftLeft(Long.SIZE).add(BigInteger.valueOf(random.nextLong()));
    }
    return choice == 0 ? format.minRaw() : choice == 1 ? format.maxRaw() : format.wrap(bits);
  }
}
