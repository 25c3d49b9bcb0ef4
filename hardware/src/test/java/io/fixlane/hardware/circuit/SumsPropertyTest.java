package io.fixlane.hardware.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.hardware.circuit.Operation.Add;
import io.fixlane.hardware.circuit.Operation.Constant;
import io.fixlane.hardware.circuit.Operation.Input;
import io.fixlane.hardware.circuit.Operation.Multiply;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Sums of constant multiples: exact, in range, and with fewer adders where they are shared. */
class SumsPropertyTest {
  /** Sums in a circuit of their own. */
  private static final class Problem {
    private final Circuit circuit = new Circuit();
    private final List<Value> inputs = new ArrayList<>();
    private final List<Scaled> sums;

    Problem(BigInteger[][] weights, BigInteger[] biases, boolean multiply, boolean share) {
      Sums building = new Sums(circuit, multiply, share);
      for (int i = 0; i < weights[0].length; i++) {
        inputs.add(circuit.input(8 * i, i % 2 == 0 ? Range.of(-128, 127) : Range.of(0, 255)));
      }
      for (int o = 0; o < weights.length; o++) {
        building.begin();
        for (int i = 0; i < inputs.size(); i++) {
          building.add(inputs.get(i), weights[o][i], Digits.of(weights[o][i]), 2);
        }
        building.add(biases[o], 0);
      }
      sums = building.build(0);
      sums.forEach(sum -> circuit.output(sum.value(), sum.value().width()));
    }

    long adders() {
      return circuit.used().stream().filter(value -> value.operation() instanceof Add).count();
    }

    /** Computes all values, and holds each to its range. */
    Map<Value, BigInteger> compute(Random random) {
      Map<Value, BigInteger> integers = new HashMap<>();
      for (Value value : circuit.used()) {
        BigInteger integer = switch (value.operation()) {
          case Input _ -> switch (random.nextInt(4)) {
            case 0 -> value.range().low();
            case 1 -> value.range().high();
            default -> value.range().low().add(BigInteger.valueOf(random.nextInt(256)));
          };
          case Constant constant -> constant.integer();
          case Multiply multiply -> integers.get(multiply.a()).multiply(multiply.factor());
          case Add add -> {
            BigInteger a = integers.get(add.a());
            BigInteger b = integers.get(add.b()).shiftLeft(add.shift());
            yield switch (add.signs()) {
              case PLUS -> a.add(b);
              case MINUS -> a.subtract(b);
              case FROM -> b.subtract(a);
            };
          }
          default -> throw new AssertionError(value.operation());
        };
        assertThat(value.range().contains(Range.of(integer))).isTrue();
        integers.put(value, integer);
      }
      return integers;
    }
  }

  private static BigInteger[] draw(Random random, int count, int bits) {
    BigInteger[] integers = new BigInteger[count];
    for (int i = 0; i < count; i++) {
      BigInteger integer = new BigInteger(random.nextInt(bits), random);
      integers[i] = random.nextBoolean() ? integer : integer.negate();
    }
    return integers;
  }

  @Property(tries = 200)
  void sumsAreExact(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int outputs,
      @ForAll @IntRange(min = 1, max = 12) int features, @ForAll boolean multiply,
      @ForAll boolean share) {
    Random random = new Random(seed);
    BigInteger[][] weights = new BigInteger[outputs][];
    for (int o = 0; o < outputs; o++) {
      weights[o] = draw(random, features, 10);
    }
    BigInteger[] biases = draw(random, outputs, 10);
    Problem problem = new Problem(weights, biases, multiply, share);
    for (int run = 0; run < 5; run++) {
      Map<Value, BigInteger> integers = problem.compute(random);
      for (int o = 0; o < outputs; o++) {
        BigInteger sum = biases[o];
        for (int i = 0; i < features; i++) {
          BigInteger x = integers.getOrDefault(problem.inputs.get(i), BigInteger.ZERO);
          sum = sum.add(x.multiply(weights[o][i]).shiftLeft(2));
        }
        Scaled number = problem.sums.get(o);
        BigInteger integer = number.value().operation() instanceof Constant constant
            ? constant.integer()
            : integers.get(number.value());
        assertThat(integer.shiftLeft(-number.fractionBits())).isEqualTo(sum);
      }
    }
  }

  @Property(tries = 20)
  void sharedSumsTakeFewerAdders(@ForAll long seed) {
    Random random = new Random(seed);
    BigInteger[][] weights = new BigInteger[12][];
    for (int o = 0; o < weights.length; o++) {
      weights[o] = draw(random, 12, 9);
    }
    BigInteger[] biases = draw(random, weights.length, 9);
    Problem shared = new Problem(weights, biases, false, true);
    Problem alone = new Problem(weights, biases, false, false);
    assertThat(shared.adders()).isLessThan(alone.adders() * 9 / 10);
  }

  @Property(tries = 100)
  void digitsAreFewAndTheInteger(@ForAll long integer) {
    var digits = Digits.of(BigInteger.valueOf(integer));
    BigInteger sum = BigInteger.ZERO;
    int last = -2;
    for (var digit : digits) {
      BigInteger power = BigInteger.ONE.shiftLeft(digit.shift());
      sum = digit.negative() ? sum.subtract(power) : sum.add(power);
      assertThat(digit.shift()).isGreaterThanOrEqualTo(last + 2);
      last = digit.shift();
    }
    assertThat(sum).isEqualTo(BigInteger.valueOf(integer));
  }
}
