package io.fixlane.autograd.fixed;

import io.fixlane.autograd.layers.TapeLayer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ends the learning of each I that swings between integers, so that weights need not follow it: one
 * that has turned back so often stays at the integer that it was at for most of the steps, of equal
 * ones the smallest. What is done for weights in "Overcoming Oscillations in Quantization-Aware
 * Training" (arXiv 2203.11086), for binary points.
 *
 * {@snippet class="io.fixlane.autograd.fixed.QfxExample" region="freezing"}
 *
 * <p>Where W is learned too it stays with its I. Casts whose channels have an I of their own are
 * left as they are.
 */
public final class PointFreezing {
  private final int turns;
  private final Map<FixedCast, Path> paths = new LinkedHashMap<>();

  /** Where an I has been. */
  private static final class Path {
    private final Map<Integer, Integer> steps = new TreeMap<>();
    private int last;
    private int direction;
    private int turns;

    Path(int start) {
      last = start;
    }

    void add(int integerBits) {
      int change = Integer.signum(integerBits - last);
      if (change != 0) {
        turns += change == -direction ? 1 : 0;
        direction = change;
      }
      last = integerBits;
      steps.merge(integerBits, 1, Integer::sum);
    }

    int mostly() {
      return steps.entrySet().stream()
          .min(Comparator.comparingInt(entry -> -entry.getValue())).orElseThrow().getKey();
    }
  }

  /**
   * Watches the casts of a network whose I is learned, from where they are now.
   *
   * @param network fixed-point layers, calibrated
   * @param turns how often an I turns back until it stays
   * @throws IllegalArgumentException if it is not positive
   */
  public PointFreezing(TapeLayer network, int turns) {
    if (turns < 1) {
      throw new IllegalArgumentException("turns is " + turns + ": it must be at least 1");
    }
    this.turns = turns;
    for (FixedCast cast : Qfx.casts(network).values()) {
      if (cast.trainable().isLearned() && cast.channels() == 1) {
        paths.put(cast, new Path(cast.format().integerBits()));
      }
    }
  }

  /** Looks at each I after a step of training, and lets those stay that swing. */
  public void step() {
    paths.entrySet().removeIf(entry -> {
      FixedCast cast = entry.getKey();
      Path path = entry.getValue();
      path.add(cast.format().integerBits());
      if (path.turns < turns) {
        return false;
      }
      cast.choose(path.mostly());
      cast.freeze();
      return true;
    });
  }
}
