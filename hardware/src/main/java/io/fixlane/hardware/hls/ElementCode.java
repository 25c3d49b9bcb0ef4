package io.fixlane.hardware.hls;

import io.fixlane.format.FixedFormat;
import io.fixlane.hardware.HardwareException;
import io.fixlane.kernels.KHot;
import io.fixlane.network.layer.ResidualLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UnaryLayer.Identity;
import io.fixlane.network.layer.UnaryLayer.LeakyRelu;
import io.fixlane.network.layer.UnaryLayer.LookUp;
import io.fixlane.network.layer.UnaryLayer.Relu;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalInt;

/** Layers that take each word alone, and sums. */
final class ElementCode {
  private ElementCode() {}

  static LayerCode of(String name, String x, TensorType input, UnaryLayer layer,
      OptionalInt reuse) {
    return switch (layer.function()) {
      case Identity _ -> eachWord(name, x, input, reuse, "", "", "%s_t(x)".formatted(name));
      case Relu _ ->
          eachWord(name, x, input, reuse, "", "", "fixlane::relu<%s_t>(x)".formatted(name));
      case LeakyRelu leaky -> {
        FixedFormat slope = leaky.slope().format();
        yield eachWord(name, x, input, reuse,
            Cpp.typedef(slope.withDefaultModes(), name + "_slope_t"), "",
            "fixlane::leaky_relu<%1$s_t>(x, fixlane::word<%1$s_slope_t>(%2$s))".formatted(name,
                Cpp.literal(slope, leaky.slope().raw().longValue())));
      }
      case LookUp look -> eachWord(name, x, input, reuse, "",
          table(name + "_table", look.table(), input.format()),
          "fixlane::look_up<%1$s_t>(x, %1$s_table)".formatted(name));
    };
  }

  /** Returns a table in the order of the raw bits of what is looked up. */
  private static String table(String name, FixedTensor words, FixedFormat x) {
    int half = x.signed() ? 1 << x.width() - 1 : 0;
    return Cpp.table(
        name, words.format(), Math.toIntExact(words.size()), bits -> words.raw(bits ^ half));
  }

  static LayerCode of(String name, String x, TensorType input, ScaleAndShiftLayer layer,
      OptionalInt reuse)
      throws HardwareException {
    FixedFormat scale = layer.scale().words().format();
    KHot kHot = layer.scale().kHot();
    String types = Cpp.typedef(layer.shift().format().withDefaultModes(), name + "_shift_t");
    String constants = Cpp.table(name + "_shift", layer.shift());
    String shift = "fixlane::word<%1$s_shift_t>(%1$s_shift[channel])".formatted(name);
    if (kHot != null) {
      return eachWord(name, x, input, reuse,
          types + Cpp.typedef(ExactFormats.shifted(input.format(), scale), name + "_product_t"),
          constants + KHotCode.scale(name, x, layer.scale().words(), kHot),
          "%1$s_t(%1$s_scaled(x, channel) + %2$s)".formatted(name, shift));
    }
    return eachWord(name, x, input, reuse,
        types + Cpp.typedef(scale.withDefaultModes(), name + "_scale_t"),
        constants + Cpp.table(name + "_scale", layer.scale().words()), """
            fixlane::scale_and_shift<%1$s_t>(
                x, fixlane::word<%1$s_scale_t>(%1$s_scale[channel]),
                %2$s)""".formatted(name, shift).replace("\n", "\n    "));
  }

  /**
   * Returns a staircase as comparisons with the largest words that do not reach a threshold. One
   * that all words reach is a step taken at the start, and stands last, as one that none reaches.
   */
  static LayerCode of(String name, String x, TensorType input, ThresholdLayer layer,
      OptionalInt reuse) {
    FixedFormat format = input.format().withDefaultModes();
    int lists = layer.perChannel() ? input.channels() : 1;
    FixedTensor starts = FixedTensor.allocate(layer.result(), lists);
    FixedTensor lasts = FixedTensor.allocate(format, lists, layer.count());
    for (int list = 0; list < lists; list++) {
      List<BigInteger> reached = layer.firstWords(format, list).stream()
          .filter(first -> !first.equals(format.minRaw())).toList();
      int always = layer.count() - reached.size();
      starts.setRaw(list, layer.start().raw().longValue() + always * layer.step());
      FixedTensor row = lasts.row(list);
      for (int t = 0; t < layer.count(); t++) {
        BigInteger first =
            t < reached.size() ? reached.get(t) : format.maxRaw().add(BigInteger.ONE);
        row.setRaw(t, first.subtract(BigInteger.ONE).longValue());
      }
    }
    String list = layer.perChannel() ? "channel" : "0";
    return eachWord(name, x, input, reuse, Cpp.typedef(format, name + "_last_t"),
        Cpp.table(name + "_start", starts) + Cpp.table(name + "_last", format,
            Cpp.integer(format), lists, layer.count(), lasts::raw),
        """
            fixlane::threshold<%1$s_t, %1$s_last_t>(
                x, %1$s_last[%2$s], %1$s_start[%2$s], %3$s)""".formatted(name, list,
            Cpp.literal(FixedFormat.signed(Long.SIZE, Long.SIZE), layer.step()))
            .replace("\n", "\n    "));
  }

  private static LayerCode eachWord(String name, String x, TensorType input, OptionalInt reuse,
      String types,
      String constants, String value) {
    return new LayerCode(types, constants, """
        struct %1$s_config {
        %2$s
          static %1$s_t word(const %3$s &x, int channel) {
        #pragma HLS INLINE
            return %4$s;
          }
        };
        """.formatted(name, sizes(input, reuse), x, value), "each_word");
  }

  /** Returns the sizes of what is taken pixel by pixel. */
  static String sizes(TensorType input, OptionalInt reuse) {
    return """
          static const int pixels = %d;
          static const int channels = %d;
          static const int channels_at_once = %d;
        """.formatted(input.size() / input.channels(), input.channels(),
        Reuse.channels(input.channels(), reuse));
  }

  static LayerCode of(String name, String a, String b, TensorType input, ResidualLayer layer,
      OptionalInt reuse) {
    String sum = layer.relu() ? "fixlane::relu<%s_t>(a + b)" : "%s_t(a + b)";
    return new LayerCode("", "", """
        struct %1$s_config {
        %2$s
          static %1$s_t sum(const %3$s &a, const %4$s &b) {
        #pragma HLS INLINE
            return %5$s;
          }
        };
        """.formatted(name, sizes(input, reuse), a, b, sum.formatted(name)), "add");
  }
}
