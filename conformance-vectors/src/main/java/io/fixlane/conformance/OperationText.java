package io.fixlane.conformance;

import io.fixlane.conformance.Operation.Add;
import io.fixlane.conformance.Operation.Cast;
import io.fixlane.conformance.Operation.Conv2d;
import io.fixlane.conformance.Operation.Divide;
import io.fixlane.conformance.Operation.Dot;
import io.fixlane.conformance.Operation.FromDouble;
import io.fixlane.conformance.Operation.Gemm;
import io.fixlane.conformance.Operation.KHot;
import io.fixlane.conformance.Operation.KHotGemm;
import io.fixlane.conformance.Operation.Multiply;
import io.fixlane.conformance.Operation.Negate;
import io.fixlane.conformance.Operation.ShiftLeft;
import io.fixlane.conformance.Operation.ShiftRight;
import io.fixlane.conformance.Operation.Subtract;
import io.fixlane.conformance.Operation.ToDouble;
import io.fixlane.conformance.bytes.Excerpt;
import io.fixlane.format.KHotRule;
import io.fixlane.reference.ReferenceKHot;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The text of an operation, both ways. */
final class OperationText {
  private static final String NAMES =
      "cast, from_double, to_double, add, sub, mul, div, neg, shl, shr, dot, gemm, conv2d, khot, "
          + "khot_gemm";

  // Less than Integer.parseInt takes, which knows a leading + and the digits of every script.
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

  private OperationText() {}

  static String print(Operation operation) {
    return switch (operation) {
      case Cast _ -> "cast";
      case FromDouble _ -> "from_double";
      case ToDouble _ -> "to_double";
      case Add _ -> "add";
      case Subtract _ -> "sub";
      case Multiply _ -> "mul";
      case Divide _ -> "div";
      case Negate _ -> "neg";
      case ShiftLeft(int bits) -> "shl " + bits;
      case ShiftRight(int bits) -> "shr " + bits;
      case Dot(int k) -> "dot " + k;
      case Gemm gemm -> "gemm" + gemm(gemm);
      case Conv2d conv -> "conv2d" + conv2d(conv);
      case KHot(ReferenceKHot encoder) -> "khot" + encoder(encoder);
      case KHotGemm(Gemm gemm, ReferenceKHot encoder) ->
          "khot_gemm" + gemm(gemm) + encoder(encoder);
    };
  }

  private static String gemm(Gemm gemm) {
    return " m=" + gemm.m() + " n=" + gemm.n() + " k=" + gemm.k() + relu(gemm.relu());
  }

  /** Sizes are written once where they are the same both ways, or on all sides. */
  private static String conv2d(Conv2d conv) {
    ImageShape image = conv.image();
    Window w = conv.window();
    return " c=" + image.channels() + " h=" + image.height() + " w=" + image.width() + " o="
        + conv.outputs() + " kh=" + w.kernelHeight() + " kw=" + w.kernelWidth()
        + " stride=" + sizes(w.strideY(), w.strideX())
        + " pad=" + sizes(w.paddingTop(), w.paddingBottom(), w.paddingLeft(), w.paddingRight())
        + (w.dilationY() == 1 && w.dilationX() == 1
            ? ""
            : " dilation=" + sizes(w.dilationY(), w.dilationX()))
        + (conv.groups() == 1 ? "" : " groups=" + conv.groups())
        + (w.ceilMode() ? " ceil=1" : "")
        + relu(conv.relu());
  }

  private static String sizes(int... sizes) {
    return IntStream.of(sizes).distinct().count() == 1
        ? "" + sizes[0]
        : IntStream.of(sizes).mapToObj(String::valueOf).collect(Collectors.joining(","));
  }

  private static String encoder(ReferenceKHot encoder) {
    return " K=" + encoder.k() + " rule=" + encoder.rule();
  }

  private static String relu(boolean relu) {
    return relu ? " relu=1" : " relu=0";
  }

  static Operation parse(String text) {
    List<String> fields = Arrays.asList(text.split(" ", -1));
    String name = fields.getFirst();
    Arguments arguments = new Arguments(name, fields.subList(1, fields.size()));
    return switch (name) {
      case "cast" -> arguments.none(new Cast());
      case "from_double" -> arguments.none(new FromDouble());
      case "to_double" -> arguments.none(new ToDouble());
      case "add" -> arguments.none(new Add());
      case "sub" -> arguments.none(new Subtract());
      case "mul" -> arguments.none(new Multiply());
      case "div" -> arguments.none(new Divide());
      case "neg" -> arguments.none(new Negate());
      case "shl" -> new ShiftLeft(arguments.single("n"));
      case "shr" -> new ShiftRight(arguments.single("n"));
      case "dot" -> new Dot(arguments.single("K"));
      case "gemm" -> arguments.named("m", "n", "k", "relu").gemm();
      case "conv2d" -> arguments.named(
          List.of("c", "h", "w", "o", "kh", "kw", "stride", "pad", "relu"),
          Map.of("dilation", "1", "groups", "1", "ceil", "0")).conv2d();
      case "khot" -> new KHot(arguments.named("K", "rule").encoder());
      case "khot_gemm" -> {
        Named named = arguments.named("m", "n", "k", "relu", "K", "rule");
        yield new KHotGemm(named.gemm(), named.encoder());
      }
      default -> throw new IllegalArgumentException(
          "unknown operation '" + Excerpt.of(name) + "': expected one of " + NAMES);
    };
  }

  private static int integer(String name, String digits) {
    if (!INTEGER.matcher(digits).matches()) {
      throw new IllegalArgumentException(
          name + " is '" + Excerpt.of(digits)
              + "': expected an integer, an optional - and digits from 0 to 9");
    }
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " is '" + Excerpt.of(digits) + "': expected an integer of 32 bits", e);
    }
  }

  /** What stands behind an operation's name. */
  private record Arguments(String operation, List<String> fields) {

    Operation none(Operation parsed) {
      if (!fields.isEmpty()) {
        throw new IllegalArgumentException(
            operation + " takes no argument, but is followed by '" + Excerpt.of(fields.getFirst())
                + "'");
      }
      return parsed;
    }

    int single(String name) {
      if (fields.size() != 1) {
        throw new IllegalArgumentException(
            operation + " takes one argument, " + name + ", but has " + fields.size());
      }
      return integer(name, fields.getFirst());
    }

    Named named(String... names) {
      return named(List.of(names), Map.of());
    }

    /**
     * Returns the arguments.
     *
     * @param names those that must be there
     * @param others those that may be left out, and what they are then
     */
    Named named(List<String> names, Map<String, String> others) {
      Map<String, String> values = new LinkedHashMap<>();
      for (String field : fields) {
        int equals = field.indexOf('=');
        String name = equals < 0 ? "" : field.substring(0, equals);
        if (!names.contains(name) && !others.containsKey(name)) {
          throw new IllegalArgumentException(
              "'" + Excerpt.of(field) + "' is not an argument of " + operation
                  + ": expected " + String.join("= ", names) + "=" + others.keySet().stream()
                      .sorted().map(other -> " [" + other + "=]").collect(Collectors.joining()));
        }
        if (values.put(name, field.substring(equals + 1)) != null) {
          throw new IllegalArgumentException(operation + " has the argument " + name + "= twice");
        }
      }
      for (String name : names) {
        if (!values.containsKey(name)) {
          throw new IllegalArgumentException(operation + " lacks the argument " + name + "=");
        }
      }
      others.forEach(values::putIfAbsent);
      return new Named(values);
    }
  }

  /** The texts of arguments that have names. */
  private record Named(Map<String, String> texts) {

    Gemm gemm() {
      return new Gemm(integer("m"), integer("n"), integer("k"), flag("relu"));
    }

    Conv2d conv2d() {
      ImageShape image =
          new ImageShape(integer("h"), integer("w"), integer("c"), Layout.NCHW);
      int[] stride = integers("stride", 2);
      int[] padding = integers("pad", 4);
      int[] dilation = integers("dilation", 2);
      Window window = Window.of(integer("kh"), integer("kw")).withStride(stride[0], stride[1])
          .withPadding(padding[0], padding[1], padding[2], padding[3])
          .withDilation(dilation[0], dilation[1]);
      return new Conv2d(image, integer("o"), flag("ceil") ? window.ceil() : window,
          integer("groups"), flag("relu"));
    }

    ReferenceKHot encoder() {
      return new ReferenceKHot(integer("K"), rule());
    }

    private int integer(String name) {
      return OperationText.integer(name, texts.get(name));
    }

    /** Returns as many integers, or one as many times. */
    private int[] integers(String name, int count) {
      String[] parts = texts.get(name).split(",", -1);
      if (parts.length != 1 && parts.length != count) {
        throw new IllegalArgumentException(name + " is '" + Excerpt.of(texts.get(name))
            + "': expected one integer, or " + count + " with commas between them");
      }
      return IntStream.range(0, count)
          .map(i -> OperationText.integer(name, parts[parts.length == 1 ? 0 : i])).toArray();
    }

    private boolean flag(String name) {
      int flag = integer(name);
      if (flag != 0 && flag != 1) {
        throw new IllegalArgumentException(name + " is " + flag + ": it must be 0 or 1");
      }
      return flag == 1;
    }

    private KHotRule rule() {
      String name = texts.get("rule");
      return Arrays.stream(KHotRule.values())
          .filter(rule -> rule.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(
              "rule is '" + Excerpt.of(name) + "': expected one of "
                  + Arrays.stream(KHotRule.values()).map(KHotRule::name)
                      .collect(Collectors.joining(", "))));
    }
  }
}
