package io.fixlane.hardware.verilog;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotTerm;
import io.fixlane.hardware.HardwareException;
import io.fixlane.hardware.circuit.Circuit;
import io.fixlane.hardware.circuit.Digits;
import io.fixlane.hardware.circuit.Range;
import io.fixlane.hardware.circuit.Scaled;
import io.fixlane.hardware.circuit.Sums;
import io.fixlane.hardware.circuit.Value;
import io.fixlane.kernels.OutputStage;
import io.fixlane.network.layer.Weights;
import io.fixlane.reference.Fixed;
import io.fixlane.tensor.FixedTensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sums of products of a layer. Exact ones are trees of adders; so are those whose accumulator
 * loses nothing until the last step. Others are chains, with a cast at each step, in the order of
 * the loop.
 */
final class Products {
  private final Build build;
  private final Circuit circuit;
  private final int fractionBits;
  private final Weights weights;
  private final OutputStage stage;
  private final @Nullable FixedFormat accumulator;
  private final List<List<Tap>> outputs = new ArrayList<>();

  /**
   * A factor of a product.
   *
   * @param x the word
   * @param weight the place of its weight
   */
  record Tap(Value x, long weight) {}

  Products(Build build, FixedFormat x, Weights weights, OutputStage stage) {
    this.build = build;
    this.circuit = build.circuit();
    this.weights = weights;
    this.stage = stage;
    this.accumulator = stage.accumulator();
    this.fractionBits = x.fractionBits() + weights.words().format().fractionBits();
  }

  /** Adds an output, the sum of the products of some taps in the order of the loop. */
  void output(List<Tap> taps) {
    outputs.add(taps);
  }

  /** Returns what the accumulators of all outputs have. */
  List<Scaled> sums() throws HardwareException {
    Sums trees = build.sums();
    Sums products = build.sums();
    Map<Tap, Integer> places = new HashMap<>();
    int base = treeFractionBits();
    for (int o = 0; o < outputs.size(); o++) {
      if (isTree(o)) {
        trees.begin();
        trees.add(start(o), base - startFractionBits());
        for (Tap tap : outputs.get(o)) {
          add(trees, tap, base - fractionBits);
        }
      } else {
        for (Tap tap : outputs.get(o)) {
          if (places.putIfAbsent(tap, places.size()) == null) {
            products.begin();
            add(products, tap, 0);
          }
        }
      }
    }
    build.requireBuildable(trees);
    build.requireBuildable(products);
    List<Scaled> exact = products.build(fractionBits);
    var tree = trees.build(base).iterator();
    List<Scaled> sums = new ArrayList<>();
    for (int o = 0; o < outputs.size(); o++) {
      if (isTree(o)) {
        Scaled sum = tree.next();
        sums.add(accumulator == null ? sum : cast(sum, accumulator));
      } else {
        List<Scaled> steps = new ArrayList<>();
        outputs.get(o).forEach(tap -> steps.add(exact.get(places.get(tap))));
        sums.add(chain(o, steps));
      }
    }
    return sums;
  }

  private void add(Sums sums, Tap tap, int shift) {
    FixedTensor words = weights.words();
    BigInteger weight = words.value(tap.weight()).raw();
    var kHot = weights.kHot();
    List<KHotTerm> terms =
        kHot == null ? Digits.of(weight) : kHot.terms(words, tap.weight());
    sums.add(tap.x(), weight, terms, shift);
  }

  private BigInteger start(int output) {
    FixedTensor bias = stage.bias();
    if (bias == null) {
      return BigInteger.ZERO;
    }
    Fixed word = bias.value(output);
    return (accumulator == null ? word : word.cast(accumulator)).raw();
  }

  private int startFractionBits() {
    FixedTensor bias = stage.bias();
    if (bias == null) {
      return fractionBits;
    }
    return (accumulator == null ? bias.format() : accumulator).fractionBits();
  }

  private int treeFractionBits() {
    return Math.max(fractionBits, startFractionBits());
  }

  /** Returns whether no step before the last makes a difference. */
  private boolean isTree(int output) {
    if (accumulator == null) {
      return true;
    }
    int shift = accumulator.fractionBits() - fractionBits;
    if (shift < 0) {
      return false;
    }
    if (accumulator.isModular()) {
      return true;
    }
    BigInteger low = start(output);
    BigInteger high = low;
    for (Tap tap : outputs.get(output)) {
      Range product = tap.x().range().times(weights.words().value(tap.weight()).raw())
          .shiftLeft(shift);
      low = low.add(product.low().min(BigInteger.ZERO));
      high = high.add(product.high().max(BigInteger.ZERO));
    }
    return accumulator.keeps(low) && accumulator.keeps(high);
  }

  private Scaled chain(int output, List<Scaled> steps) {
    FixedFormat format = java.util.Objects.requireNonNull(accumulator);
    Scaled sum = new Scaled(circuit.constant(start(output)), format.fractionBits());
    for (Scaled step : steps) {
      sum = cast(circuit.add(sum, step), format);
    }
    return sum;
  }

  private Scaled cast(Scaled number, FixedFormat format) {
    return new Scaled(circuit.cast(number, format), format.fractionBits());
  }
}
