package io.fixlane.onnx.read.numbers;

import java.util.Arrays;

/**
 * What words of a network stand for in a model: unit x (word - zero), or a sign.
 *
 * @param units a unit for each channel, or one for all: the exact product of two floats at most; 1
 *     where words are the numbers themselves
 * @param zero the word that stands for 0
 * @param sign whether a word that is negative stands for -1, and any other for +1
 */
public record Meaning(double[] units, long zero, boolean sign) {
  /** Words that are the numbers. */
  public static final Meaning EXACT = new Meaning(new double[] {1}, 0, false);
  /** Words that are signs. */
  public static final Meaning SIGN = new Meaning(new double[] {1}, 0, true);

  /** Returns whether words are the numbers. */
  public boolean isExact() {
    return !sign && zero == 0 && isUnit(1);
  }

  /** Returns whether the unit is one number, for all channels. */
  boolean isUnit(double unit) {
    for (double each : units) {
      if (each != unit) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether all channels have one unit. */
  public boolean isUniform() {
    return isUnit(units[0]);
  }

  /** Returns the same units with 0 standing for 0. */
  public Meaning centered() {
    return new Meaning(units, 0, sign);
  }

  /** Returns the units of images that are flattened, one for each of so many numbers. */
  public Meaning spread(int size) {
    double[] all = new double[size];
    Arrays.setAll(all, i -> units[i % units.length]);
    return new Meaning(all, zero, sign);
  }

  /** Returns whether words stand for the same. */
  public boolean isSame(Meaning other) {
    return zero == other.zero && sign == other.sign && (Arrays.equals(units, other.units)
        || isUniform() && other.isUnit(units[0]));
  }
}
