package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;

/**
 * A staircase: a first word, and a step more for each threshold that a value reaches. Values and
 * thresholds are compared as what they stand for, whatever their formats.
 *
 * {@snippet class="io.fixlane.reference.ReferenceExample" region="threshold"}
 *
 * @param thresholds the thresholds, none below the one before it
 * @param start the result of a value below all thresholds
 * @param step what is added to the raw word for each threshold that is reached; negative where the
 *     staircase descends
 */
public record ReferenceThreshold(List<Fixed> thresholds, Fixed start, BigInteger step) {
  /**
   * Makes a staircase.
   *
   * @throws IllegalArgumentException if there is no threshold, one is below the one before it, or
   *     the last step leads out of the range of the format of {@code start}
   */
  public ReferenceThreshold {
    thresholds = List.copyOf(Objects.requireNonNull(thresholds, "thresholds"));
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(step, "step");
    if (thresholds.isEmpty()) {
      throw new IllegalArgumentException("thresholds has no value: it must have one at least");
    }
    for (int t = 1; t < thresholds.size(); t++) {
      if (thresholds.get(t).compareTo(thresholds.get(t - 1)) < 0) {
        throw new IllegalArgumentException("thresholds has " + thresholds.get(t) + " at " + t
            + ": it must not be below the one before it, " + thresholds.get(t - 1));
      }
    }
    BigInteger last = start.raw().add(step.multiply(BigInteger.valueOf(thresholds.size())));
    if (!start.format().contains(last)) {
      throw new IllegalArgumentException("the last of " + thresholds.size() + " steps of " + step
          + " from " + start.raw() + " is " + last + ": it is out of range for "
          + start.format());
    }
  }

  /** Returns the format of the results. */
  public FixedFormat result() {
    return start.format();
  }

  /** Returns the result of a value. */
  public Fixed apply(Fixed x) {
    Objects.requireNonNull(x, "x");
    BigInteger raw = start.raw();
    for (Fixed threshold : thresholds) {
      if (x.compareTo(threshold) >= 0) {
        raw = raw.add(step);
      }
    }
    return new Fixed(start.format(), raw);
  }
}
