package io.fixlane.hardware.hls;

import io.fixlane.format.KHotTerm;
import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.HlsOptions;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.OutputStage;
import io.fixlane.tensor.FixedTensor;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** K-hot weights as code: shifts and additions, without a table and without a product. */
final class KHotCode {
  private KHotCode() {}

  /**
   * Returns a function for each output that adds its products, in the order of the taps.
   *
   * @throws HardwareException if there are more terms than are written
   */
  static String outputs(String name, String x, Products products, KHot kHot, OutputStage stage)
      throws HardwareException {
    requireTerms(kHot, products.words());
    StringBuilder text = new StringBuilder();
    for (int output = 0; output < products.outputs(); output++) {
      text.append("""
          static %1$s_sum_t %1$s_output_%2$d(const %3$s x[%4$d]) {
          #pragma HLS INLINE off
            typedef %1$s_product_t p;
            %1$s_sum_t sum = %1$s_sum_t(%5$s);
          #pragma HLS BIND_OP variable=sum op=add impl=fabric
          #pragma HLS BIND_OP variable=sum op=sub impl=fabric
          """.formatted(name, output, x, products.inputs(), start(name, stage.bias(), output)));
      for (int tap = 0; tap < products.taps(); tap++) {
        List<KHotTerm> terms = kHot.terms(products.words(), products.index(output, tap));
        String word = "p(x[" + (products.first(output) + tap) + "])";
        if (!terms.isEmpty()) {
          text.append("  sum ").append(sum(word, products.words(), terms)).append(";\n");
        } else if (changesStart(stage)) {
          text.append("  sum += p(0);\n");
        }
      }
      text.append("  return sum;\n}\n\n");
    }
    return text.toString();
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

  /** Returns the assignment of a sum to which a product is added: {@code += (x << 2) - x}. */
  private static String sum(String x, FixedTensor words, List<KHotTerm> terms) {
    return terms.stream().allMatch(KHotTerm::negative)
        ? "-= " + joined(x, words, terms.stream(), " + ")
        : "+= " + value(x, words, terms);
  }

  /** Returns the product of a word and terms, one of which is positive at least. */
  private static String value(String x, FixedTensor words, List<KHotTerm> terms) {
    List<KHotTerm> negative = terms.stream().filter(KHotTerm::negative).toList();
    String added = joined(x, words, terms.stream().filter(term -> !term.negative()), " + ");
    return negative.isEmpty() ? added : added + " - " + joined(x, words, negative.stream(), " - ");
  }

  private static String joined(
      String x, FixedTensor words, Stream<KHotTerm> terms, String between) {
    return terms.map(term -> shifted(x, term.shift() - words.format().fractionBits()))
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
    StringBuilder text = new StringBuilder("""
        static %1$s_product_t %1$s_scaled(const %2$s &x, int channel) {
        #pragma HLS INLINE
          typedef %1$s_product_t p;
          switch (channel) {
        """.formatted(name, x));
    for (int channel = 0; channel < words.size(); channel++) {
      List<KHotTerm> terms = kHot.terms(words, channel);
      String product = terms.isEmpty()
          ? "p(0)"
          : terms.stream().allMatch(KHotTerm::negative)
              ? "p(-(" + joined("p(x)", words, terms.stream(), " + ") + "))"
              : "p(" + value("p(x)", words, terms) + ")";
      text.append("    case ").append(channel).append(":\n      return ").append(product)
          .append(";\n");
    }
    return text.append("    default:\n      return p(0);\n  }\n}\n\n").toString();
  }
}
