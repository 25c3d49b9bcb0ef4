package io.fixlane.kernels.tiles.pack;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Operand;
import io.fixlane.kernels.lanes.loop.Loops;
import io.fixlane.kernels.lanes.loop.Operation;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** How packed activations come into the lanes of a unit, where they are integers. */
public final class Widening {
  private final Container words;
  private final Container lane;
  private final boolean biased;
  private final Loops loops;

  /**
   * Makes a widening.
   *
   * @param activations the format of the words
   * @param lane what they are widened to
   * @param biased whether bytes become those that are larger by 128, unsigned
   */
  public Widening(FixedFormat activations, Container lane, boolean biased) {
    this.words = Container.of(activations);
    this.lane = lane;
    this.biased = biased;
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

  /**
   * Widens neighbouring words.
   *
   * @param source where they lie
   * @param from the byte offset of the first
   * @param target lanes
   * @param to the place of the first lane
   * @param count how many there are
   */
  void compute(MemorySegment source, long from, Buffer target, long to, long count) {
    MemorySegment lanes = target.segment(lane);
    if (words == lane) {
      MemorySegment.copy(source, from, lanes, to * lane.bytes(), count * lane.bytes());
    } else {
      loops.compute(source, from, source, from, source, from, lanes, to * lane.bytes(), count,
          null);
    }
    if (biased) {
      flip((byte[]) target.array(lane), (int) to, (int) (to + count));
    }
  }

  /** Makes lanes stand for 0. */
  void clear(Buffer target, int from, int to) {
    if (biased) {
      Arrays.fill((byte[]) target.array(lane), from, to, Byte.MIN_VALUE);
    } else {
      LaneArrays.clear(target.array(lane), from, to);
    }
  }

  private static void flip(byte[] words, int from, int to) {
    for (int i = from; i < to; i++) {
      words[i] ^= Byte.MIN_VALUE;
    }
  }
}
