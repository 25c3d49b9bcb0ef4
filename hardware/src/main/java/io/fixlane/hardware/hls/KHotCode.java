package io.fixlane.hardware.hls;

import io.fixlane.format.KHotTerm;
import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.HlsOptions;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.OutputStage;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * K-hot weights as code: for each different one a function that multiplies by it, in shifts and
 * additions. There is no table of weights, and no product.
 */
final class KHotCode {
  private KHotCode() {}

  /**
   * Returns the functions of the weights, and one for each output that adds its products, in the
   * order of the taps.
   *
   * @throws HardwareException if there are more terms than are written
   */
  static String outputs(String name, String x, Products products, KHot kHot, OutputStage stage)
      throws HardwareException {
    FixedTensor words = products.words();
    requireTerms(kHot, words);
    StringBuilder text = new StringBuilder(multipliers(name, x, words, kHot));
    boolean changesStart = changesStart(stage);
    for (int output = 0; output < products.outputs(); output++) {
      text.append("""
          static %1$s_sum_t %1$s_output_%2$d(const %3$s x[%4$d]) {
          #pragma HLS INLINE off
            %1$s_sum_t sum = %1$s_sum_t(%5$s);
          """.formatted(name, output, x, products.inputs(), start(name, stage.bias(), output)));
      for (int tap = 0; tap < products.taps(); tap++) {
        long raw = words.raw(products.index(output, tap));
        if (raw != 0) {
          text.append("  fixlane::accumulate(sum, ").append(multiplier(name, raw)).append("(x[")
              .append(products.first(output) + tap).append("]));\n");
        } else if (changesStart) {
          text.append("  fixlane::accumulate(sum, ").append(name).append("_product_t(0));\n");
        }
      }
      text.append("  return sum;\n}\n\n");
    }
    return text.toString();
  }

  /** Returns a function for each different word but 0 that multiplies by it. */
  private static String multipliers(String name, String x, FixedTensor words, KHot kHot) {
    SortedMap<Long, List<KHotTerm>> terms = new TreeMap<>();
    for (long i = 0; i < words.size(); i++) {
      if (words.raw(i) != 0 && !terms.containsKey(words.raw(i))) {
        terms.put(words.raw(i), kHot.terms(words, i));
      }
    }
    StringBuilder text = new StringBuilder();
    terms.forEach((raw, sum) -> text.append("""
        static %1$s_product_t %2$s(const %3$s &x) {
        #pragma HLS INLINE
          const %1$s_product_t p = x;
          return %1$s_product_t(%4$s);
        }

        """.formatted(name, multiplier(name, raw), x, value(words, sum))));
    return text.toString();
  }

  /** Returns the name of the function that multiplies by a raw word. */
  private static String multiplier(String name, long raw) {
    return name + "_times_" + (raw < 0 ? "minus_" : "") + Long.toString(raw).replace("-", "");
  }

  private static void requireTerms(KHot kHot, FixedTensor words) throws HardwareException {
    long terms = LongStream.range(0, words.size()).map(i -> kHot.terms(words, i).size()).sum();
    if (terms > HlsOptions.MOST_TERMS) {
      throw new HardwareException("its K-hot weights have " + terms
          + " terms, each an adder in code: at most " + HlsOptions.MOST_TERMS + " are written");
    }
  }

  private static String start(
      String name, @Nullable FixedTensor bias, int output) {
    return bias == null
        ? "0"
        : "fixlane::word<%s_bias_t>(%s_bias[%d])".formatted(name, name, output);
  }

  /**
   * Returns whether adding 0 may change a sum, which it does to a start that the accumulator would
   * not have come to by itself.
   */
  private static boolean changesStart(OutputStage stage) {
    FixedTensor bias = stage.bias();
    return bias != null && bias.format().equals(stage.accumulator())
        && LongStream.range(0, bias.size())
            .anyMatch(i -> !bias.format().keeps(bias.value(i).raw()));
  }

  /** Returns a product as a sum of shifted words: {@code (p << 2) - p}. */
  private static String value(FixedTensor words, List<KHotTerm> terms) {
    List<KHotTerm> negative = terms.stream().filter(KHotTerm::negative).toList();
    String added = joined(words, terms.stream().filter(term -> !term.negative()), " + ");
    if (negative.isEmpty()) {
      return added;
    }
    String subtracted = joined(words, negative.stream(), added.isEmpty() ? " + " : " - ");
    if (added.isEmpty()) {
      return negative.size() == 1 ? "-" + subtracted : "-(" + subtracted + ")";
    }
    return added + " - " + subtracted;
  }

  private static String joined(FixedTensor words, Stream<KHotTerm> terms, String between) {
    return terms.map(term -> shifted("p", term.shift() - words.format().fractionBits()))
        .collect(Collectors.joining(between));
  }

  private static String shifted(String x, int left) {
    return left == 0 ? x : "(" + x + (left > 0 ? " << " + left : " >> " + -left) + ")";
  }

  /** Returns the function of a config that calls those of all outputs. */
  static String place(String name, Products products, Reuse reuse) {
    StringBuilder text = new StringBuilder("""

        %2$s
          static void place(const patch_t x[groups * taps], %1$s_t y[outputs]) {
        #pragma HLS PIPELINE
        """.formatted(name, reuse.sizes()));
    for (int output = 0; output < products.outputs(); output++) {
      text.append("    y[%1$d] = finish(%2$s_output_%1$d(x), %1$d);\n".formatted(output, name));
    }
    return text.append("  }\n").toString();
  }

  /** Returns a function of a word and its channel that multiplies by the channel's scale. */
  static String scale(String name, String x, FixedTensor words, KHot kHot) {
    StringBuilder text = new StringBuilder(multipliers(name, x, words, kHot)).append("""
        static %1$s_product_t %1$s_scaled(const %2$s &x, int channel) {
        #pragma HLS INLINE
          switch (channel) {
        """.formatted(name, x));
    for (int channel = 0; channel < words.size(); channel++) {
      if (words.raw(channel) != 0) {
        text.append("    case ").append(channel).append(":\n      return ")
            .append(multiplier(name, words.raw(channel))).append("(x);\n");
      }
    }
    return text.append("    default:\n      return ").append(name)
        .append("_product_t(0);\n  }\n}\n\n").toString();
  }
}
