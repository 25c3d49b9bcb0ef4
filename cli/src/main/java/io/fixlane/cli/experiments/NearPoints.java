package io.fixlane.cli.experiments;

import io.fixlane.autograd.fixed.FixedCast;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.layers.TapeLayer;
import java.util.List;
import java.util.Map;

/**
 * The choices of I about those of a calibrated network: each I is one less, as it is, or one more.
 *
 * @param casts the paths of the casts whose I are chosen
 */
record NearPoints(List<String> casts) {
  private static final int MOVES = 3;

  /** Returns the choices of a network, for its casts of W bits. */
  static NearPoints of(TapeLayer network, int bits) {
    return new NearPoints(Qfx.casts(network).entrySet().stream()
        .filter(cast -> cast.getValue().trainable().format().width() == bits)
        .map(Map.Entry::getKey).toList());
  }

  /** Returns how many there are. */
  int count() {
    return (int) Math.pow(MOVES, casts.size());
  }

  /**
   * Makes a choice.
   *
   * @param choice of 0 to {@link #count} - 1: its digits to the base 3 say how each I moves
   * @param network calibrated
   */
  void choose(int choice, TapeLayer network) {
    Map<String, FixedCast> all = Qfx.casts(network);
    int digits = choice;
    for (String path : casts) {
      FixedCast cast = all.get(path);
      cast.choose(cast.format().integerBits() + digits % MOVES - MOVES / 2);
      digits /= MOVES;
    }
  }
}
