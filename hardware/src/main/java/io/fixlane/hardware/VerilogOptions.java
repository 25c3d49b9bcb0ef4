package io.fixlane.hardware;

import java.util.Objects;

/**
 * How a network is written as Verilog.
 *
 * @param multipliers what multiplies by weights
 * @param sharing whether the shifts and adders of a layer are shared among its weights
 * @param latencyCut the levels of adders between registers; 0 for registers behind layers alone
 * @param limit the most look-up tables that the network may take, by estimate
 * @param samples the samples of the test bench
 */
public record VerilogOptions(
    Multipliers multipliers, boolean sharing, int latencyCut, int limit, int samples) {
  /** Shifts and adders, shared, three levels between registers, and ten samples. */
  public static final VerilogOptions DEFAULT =
      new VerilogOptions(Multipliers.SHIFT_ADD, true, 3, 50_000, 10);

  /** What multiplies by weights. */
  public enum Multipliers {
    /** Shifts and adders, of canonical signed digits or of the terms of K-hot weights. */
    SHIFT_ADD,
    /**
     * A multiplier for each scale of a channel that is neither 0 nor a power of two, and shifts and
     * adders elsewhere.
     */
    ELEMENTS,
    /** A multiplier for each weight that is neither 0 nor a power of two. */
    DSP
  }

  /**
   * Makes options.
   *
   * @throws IllegalArgumentException if {@code latencyCut} is negative, or {@code limit} or
   *     {@code samples} is not positive
   */
  public VerilogOptions {
    Objects.requireNonNull(multipliers, "multipliers");
    if (latencyCut < 0) {
      throw new IllegalArgumentException(
          "latencyCut is " + latencyCut + ": it must be a number of levels, or 0 for no cut");
    }
    requirePositive("limit", limit);
    requirePositive("samples", samples);
  }

  private static void requirePositive(String name, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(name + " is " + number + ": it must be positive");
    }
  }

  /** Returns these options with another kind of multipliers. */
  public VerilogOptions withMultipliers(Multipliers other) {
    return new VerilogOptions(other, sharing, latencyCut, limit, samples);
  }

  /** Returns these options with shifts and adders that are shared, or each on its own. */
  public VerilogOptions withSharing(boolean shared) {
    return new VerilogOptions(multipliers, shared, latencyCut, limit, samples);
  }

  /**
   * Returns these options with registers elsewhere.
   *
   * @throws IllegalArgumentException if {@code levels} is negative
   */
  public VerilogOptions withLatencyCut(int levels) {
    return new VerilogOptions(multipliers, sharing, levels, limit, samples);
  }

  /**
   * Returns these options with another limit.
   *
   * @throws IllegalArgumentException if {@code luts} is not positive
   */
  public VerilogOptions withLimit(int luts) {
    return new VerilogOptions(multipliers, sharing, latencyCut, luts, samples);
  }

  /**
   * Returns these options with as many samples.
   *
   * @throws IllegalArgumentException if {@code count} is not positive
   */
  public VerilogOptions withSamples(int count) {
    return new VerilogOptions(multipliers, sharing, latencyCut, limit, count);
  }
}
