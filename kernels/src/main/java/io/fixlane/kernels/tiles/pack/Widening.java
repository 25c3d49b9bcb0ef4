package io.fixlane.kernels.tiles.pack;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.kernels.lanes.loop.Operation;
import io.fixlane.kernels.machine.BiasedCopy;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** How packed activations come into the lanes of a unit, where they are integers. */
public final class Widening {
  private final Container words;
  private final Container lane;
  private final boolean biased;
  private final boolean aligned;
  private final Loops loops;

  /**
   * Makes a widening.
   *
   * @param activations the format of the words
   * @param lane what they are widened to
   * @param biased whether bytes become those that are larger by 128, unsigned
   * @param aligned whether bytes go into {@link Workspace#aligned}
   */
  public Widening(FixedFormat activations, Container lane, boolean biased, boolean aligned) {
    this.words = Container.of(activations);
    this.lane = lane;
    this.biased = biased;
    this.aligned = aligned;
    this.loops = loops(words, activations.signed(), lane);
  }

  /**
   * Returns the loops from words to lanes. A lane of fewer bits than the words keeps the low ones.
   */
  public static Loops loops(Container words, boolean signed, Container lane) {
    FixedFormat source = signed
        ? FixedFormat.integers(words.bits())
        : FixedFormat.unsigned(words.bits(), words.bits());
    if (lane.floating()) {
      return Loops.toFloat(source, lane);
    }
    Operand operand = new Operand(words, signed, 0, false);
    return Loops.of(Operation.COPY, operand, null, null, source, 0,
        FixedFormat.integers(lane.bits()), false);
  }

  /** Returns what words lie in. */
  Container words() {
    return words;
  }

  /** Returns what they are widened to. */
  Container lane() {
    return lane;
  }

  /** Returns whether bytes become those that are larger by 128. */
  boolean biased() {
    return biased;
  }

  /** Makes room for so many lanes; what was there before is lost. */
  void ensure(Workspace work, long lanes) {
    if (aligned) {
      work.aligned.ensure(Math.ceilDiv(lanes, (long) Integer.BYTES));
    } else {
      work.activations.ensure(lane, lanes);
    }
  }

  /** Returns the lanes. */
  MemorySegment lanes(Workspace work) {
    return aligned ? work.aligned.memory() : work.activations.segment(lane);
  }

  /**
   * Widens neighbouring words into the {@linkplain #lanes lanes}.
   *
   * @param source where they lie
   * @param from the byte offset of the first
   * @param to the place of the first lane
   * @param count how many there are
   */
  void compute(Workspace work, MemorySegment source, long from, int to, long count) {
    MemorySegment lanes = lanes(work);
    if (biased) {
      bias(work, source, from, to, (int) count);
    } else if (words == lane) {
      MemorySegment.copy(source, from, lanes, (long) to * lane.bytes(), count * lane.bytes());
    } else {
      loops.compute(source, from, source, from, source, from, lanes, (long) to * lane.bytes(),
          count, null);
    }
  }

  private void bias(Workspace work, MemorySegment source, long from, int to, int count) {
    MemorySegment lanes = lanes(work);
    int steps = count - count % BiasedCopy.STEP;
    if (steps > 0) {
      BiasedCopy.copy(source, from, lanes, to, steps, work.tile.memory.numbers,
          work.tile.memory.numberMemory);
    }
    MemorySegment.copy(source, from + steps, lanes, to + steps, count - steps);
    for (int i = to + steps; i < to + count; i++) {
      lanes.set(ValueLayout.JAVA_BYTE, i,
          (byte) (lanes.get(ValueLayout.JAVA_BYTE, i) ^ Byte.MIN_VALUE));
    }
  }

  /** Makes lanes stand for 0. */
  void clear(Workspace work, int from, int to) {
    if (aligned) {
      lanes(work).asSlice(from, to - from).fill(biased ? Byte.MIN_VALUE : 0);
    } else if (biased) {
      Arrays.fill((byte[]) work.activations.array(lane), from, to, Byte.MIN_VALUE);
    } else {
      LaneArrays.clear(work.activations.array(lane), from, to);
    }
  }
}
