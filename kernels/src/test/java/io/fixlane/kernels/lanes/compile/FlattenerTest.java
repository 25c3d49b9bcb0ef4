package io.fixlane.kernels.lanes.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A flattened loop computes what its source says, calls nothing that takes vectors, keeps its
 * lines, and what cannot be copied is refused. The vectors are null: only their types matter, and
 * so the tests run where there is no vector module.
 */
class FlattenerTest {

  /** A loop. */
  interface Template {
    int run(int x);
  }

  /** What is copied from. */
  static final class Parts {
    private Parts() {}

    /** Locals of one and two slots, jumps back and forth, switches, and returns in many places. */
    static int mixed(@Nullable IntVector v, int a, long b, double c) {
      int sum = a;
      for (int i = 0; i < 5; i++) {
        if (b > 100) {
          return sum;
        }
        sum += inner(v, i, 2L * sum) + (int) c;
        b += sum;
      }
      return switch (sum & 7) {
        case 0 -> 11;
        case 1, 2 -> sum / 3;
        case 5 -> -sum;
        default -> inner(v, sum, b);
      };
    }

    static int inner(@Nullable IntVector v, int a, long b) {
      int kept = a;
      switch (a) {
        case -1000 -> kept = 3;
        case 7 -> kept = 4;
        case 1_000_000 -> kept = 5;
        default -> kept++;
      }
      return masked(null, kept) - (int) (b >> 2);
    }

    static int masked(@Nullable VectorMask<Integer> mask, int a) {
      return mask == null ? stays(a) : 0;
    }

    static int shuffled(@Nullable VectorShuffle<Integer> shuffle, int a) {
      return shuffle == null ? a + 5 : 0;
    }

    static @Nullable IntVector passed(@Nullable IntVector v) {
      return v;
    }

    /** Takes no vector. */
    static int stays(int a) {
      return a ^ 0x55;
    }

    static int line(@Nullable IntVector v) {
      return v == null ? callersLine() : 0;
    }

    static int caught(@Nullable IntVector v) {
      try {
        return v == null ? 1 : 2;
      } catch (IllegalStateException e) {
        return 3;
      }
    }

    static int withLambda(@Nullable IntVector v) {
      IntSupplier one = () -> v == null ? 1 : 2;
      return one.getAsInt();
    }

    static int again(@Nullable IntVector v, int a) {
      return a == 0 ? 0 : again(v, a - 1);
    }

    static int many(@Nullable IntVector v, int a) {
      return some(v, a) + some(v, a) + some(v, a) + some(v, a) + some(v, a) + some(v, a);
    }

    static int some(@Nullable IntVector v, int a) {
      return mixed(v, a, 1, 1) + mixed(v, a, 2, 2) + mixed(v, a, 3, 3) + mixed(v, a, 4, 4)
          + mixed(v, a, 5, 5) + mixed(v, a, 6, 6) + mixed(v, a, 7, 7) + mixed(v, a, 8, 8);
    }
  }

  /** What is not copied from. */
  static final class Elsewhere {
    private Elsewhere() {}

    static int called(@Nullable IntVector v) {
      return v == null ? 1 : 2;
    }
  }

  /** Calls in the middle of expressions, where the operand stack is not empty. */
  static final class Computes implements Template {
    @Override
    public int run(int x) {
      long wide = 3L * x;
      int sum = x - Parts.mixed(Parts.passed(null), x, wide, 0.5 + x) * 10;
      for (int i = 0; i < 3; i++) {
        sum += Parts.mixed(null, i, wide, x) + Parts.shuffled(null, i) * Parts.masked(null, sum);
      }
      return sum + Parts.stays(x) + own(null, x);
    }

    static int own(@Nullable IntVector v, int x) {
      return v == null ? 2 * x : x;
    }
  }

  /** Returns lines of its source. */
  static final class Lines implements Template {
    @Override
    public int run(int x) {
      if (x == 0) {
        return callersLine();
      }
      if (x == 1) {
        return own(null);
      }
      int after = own(null) - own(null) + callersLine();
      return x == 2 ? after : Parts.line(null) - callersLine();
    }

    static int own(@Nullable IntVector v) {
      return v == null ? callersLine() : 0;
    }
  }

  /** Has a handler itself. */
  static final class Catches implements Template {
    @Override
    public int run(int x) {
      try {
        return Parts.stays(x);
      } catch (IllegalStateException e) {
        return 0;
      }
    }
  }

  /** Returns the line of a loop that this is called from. */
  static int callersLine() {
    return StackWalker.getInstance(StackWalker.Option.SHOW_HIDDEN_FRAMES)
        .walk(frames -> frames.skip(1).findFirst().orElseThrow().getLineNumber());
  }

  private static byte[] bytes(Class<?> type) {
    String name = type.getName().substring(type.getPackageName().length() + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] flatten(Class<? extends Template> template) {
    return new Flattener(FlattenerTest::bytes, List.of(Parts.class, template)).flatten(template,
        "run");
  }

  private static Template flattened(Class<? extends Template> template) throws Exception {
    return (Template) MethodHandles.lookup().defineHiddenClass(flatten(template), true)
        .lookupClass().getDeclaredConstructor().newInstance();
  }

  @Test
  void computesWhatItsSourceSays() throws Exception {
    Template flat = flattened(Computes.class);
    Template source = new Computes();
    for (int x = -1100; x < 1100; x++) {
      assertThat(flat.run(x)).as("x = %d", x).isEqualTo(source.run(x));
    }
  }

  @Test
  void callsNothingThatTakesVectors() {
    Set<String> calls = ClassFile.of().parse(flatten(Computes.class)).methods().stream()
        .filter(method -> method.methodName().equalsString("run"))
        .flatMap(method -> method.code().orElseThrow().elementStream())
        .filter(InvokeInstruction.class::isInstance)
        .map(element -> ((InvokeInstruction) element).name().stringValue())
        .collect(Collectors.toSet());
    assertThat(calls).containsExactly("stays");
  }

  /** Of the template's own lines, also in and after what was copied from it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void keepsItsLines(int x) throws Exception {
    assertThat(flattened(Lines.class).run(x)).isEqualTo(new Lines().run(x)).isPositive();
  }

  @Test
  void whatIsCopiedFromAnotherClassHasTheLineOfTheCall() throws Exception {
    assertThat(new Lines().run(3)).isNotZero();
    assertThat(flattened(Lines.class).run(3)).isZero();
  }

  private static void assertRefused(Class<? extends Template> template, String message) {
    assertThatIllegalStateException().isThrownBy(() -> flatten(template))
        .withMessageContaining(message);
  }

  /** Calls what has a handler. */
  static final class CallsCaught implements Template {
    @Override
    public int run(int x) {
      return x + Parts.caught(null);
    }
  }

  @Test
  void refusesHandlersOfExceptions() {
    assertRefused(Catches.class, "Catches.run has ExceptionCatch");
    assertRefused(CallsCaught.class, "Parts.caught has ExceptionCatch");
  }

  /** Calls what has a lambda. */
  static final class CallsLambda implements Template {
    @Override
    public int run(int x) {
      return Parts.withLambda(null);
    }
  }

  @Test
  void refusesLambdas() {
    assertRefused(CallsLambda.class, "Parts.withLambda has InvokeDynamic");
  }

  /** Calls what calls itself. */
  static final class CallsAgain implements Template {
    @Override
    public int run(int x) {
      return Parts.again(null, x);
    }
  }

  @Test
  void refusesRecursion() {
    assertRefused(CallsAgain.class, "calls itself: that is not copied");
  }

  /** Passes a vector to a class that is not copied from. */
  static final class CallsElsewhere implements Template {
    @Override
    public int run(int x) {
      return Elsewhere.called(null);
    }
  }

  @Test
  void refusesCallsThatWouldBoxVectors() {
    assertRefused(CallsElsewhere.class, "passes vectors, which would be boxed");
  }

  /** Becomes larger than HotSpot compiles. */
  static final class Huge implements Template {
    @Override
    public int run(int x) {
      return Parts.many(null, x);
    }
  }

  @Test
  void refusesWhatTheJitWouldNotCompile() {
    assertRefused(Huge.class, "bytes of code: HotSpot compiles at most 8000");
  }
}
