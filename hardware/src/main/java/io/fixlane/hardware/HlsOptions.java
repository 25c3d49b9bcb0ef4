package io.fixlane.hardware;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How a network becomes an HLS project. Immutable: the methods that change an option return other
 * options.
 *
 * @param ports how words come in and go out
 * @param reuse how often each multiplier of a layer is used for a result of it, as in hls4ml; none
 *     for one multiplier a layer and loops that are not unrolled
 * @param part the FPGA
 * @param clock the period of the clock, in nanoseconds
 * @param flow what the tools make: {@code vivado}, an IP, or {@code vitis}, a kernel
 * @param samples how many samples the test bench runs
 */
public record HlsOptions(
    HlsInterface ports, OptionalInt reuse, String part, BigDecimal clock, String flow,
    int samples) {
  /** The most products of a layer that are computed at once. */
  public static final int MOST_PRODUCTS = 4096;

  /** The most terms of the K-hot weights of a layer, each of which becomes an adder in code. */
  public static final int MOST_TERMS = 1 << 17;

  /** The most words that come in, or go out, as ports of their own. */
  public static final int MOST_PORTS = 4096;

  /** The most samples of a test bench. */
  public static final int MOST_SAMPLES = 100_000;

  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");
  private static final BigDecimal LONGEST_CLOCK = BigDecimal.valueOf(1_000_000);

  /** Arrays, one multiplier a layer, 5 ns, and 16 samples. */
  public static final HlsOptions DEFAULT = new HlsOptions(
      HlsInterface.ARRAY, OptionalInt.empty(), "xcvu13p-flga2577-2-e", BigDecimal.valueOf(5),
      "vivado", 16);

  /**
   * Makes options.
   *
   * @throws IllegalArgumentException if a number is out of its range, or a text is none of its kind
   */
  public HlsOptions {
    Objects.requireNonNull(ports, "ports");
    Objects.requireNonNull(reuse, "reuse");
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(flow, "flow");
    if (reuse.isPresent() && reuse.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "reuse is " + reuse.getAsInt() + ": it must be positive");
    }
    if (!PART.matcher(part).matches()) {
      throw new IllegalArgumentException("part is '" + part
          + "': it must be 1 to 100 letters, digits and _ . : -");
    }
    if (clock.signum() <= 0 || clock.compareTo(LONGEST_CLOCK) > 0 || clock.scale() > 6) {
      throw new IllegalArgumentException("clock is " + clock
          + ": it must be a period in ns, above 0 and at most 1000000, with at most 6 decimals");
    }
    if (!flow.equals("vivado") && !flow.equals("vitis")) {
      throw new IllegalArgumentException("flow is '" + flow + "': it must be vivado or vitis");
    }
    if (samples < 1 || samples > MOST_SAMPLES) {
      throw new IllegalArgumentException(
          "samples is " + samples + ": it must be 1 to " + MOST_SAMPLES);
    }
  }

  /** Returns these options with other ports. */
  public HlsOptions withPorts(HlsInterface other) {
    return new HlsOptions(other, reuse, part, clock, flow, samples);
  }

  /**
   * Returns these options with a reuse factor. A layer takes the next larger one that divides its
   * products.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public HlsOptions withReuse(int other) {
    return new HlsOptions(ports, OptionalInt.of(other), part, clock, flow, samples);
  }

  /**
   * Returns these options for another FPGA.
   *
   * @throws IllegalArgumentException if it is not 1 to 100 letters, digits and {@code _ . : -}
   */
  public HlsOptions withPart(String other) {
    return new HlsOptions(ports, reuse, other, clock, flow, samples);
  }

  /**
   * Returns these options with another clock.
   *
   * @param nanoseconds its period
   * @throws IllegalArgumentException if it is not above 0 and at most 1,000,000, or has more than 6
   *     decimals
   */
  public HlsOptions withClock(BigDecimal nanoseconds) {
    return new HlsOptions(ports, reuse, part, nanoseconds, flow, samples);
  }

  /**
   * Returns these options with another flow.
   *
   * @throws IllegalArgumentException if it is neither {@code vivado} nor {@code vitis}
   */
  public HlsOptions withFlow(String other) {
    return new HlsOptions(ports, reuse, part, clock, other, samples);
  }

  /**
   * Returns these options with another number of samples in the test bench.
   *
   * @throws IllegalArgumentException if it is not 1 to 100,000
   */
  public HlsOptions withSamples(int other) {
    return new HlsOptions(ports, reuse, part, clock, flow, other);
  }
}
