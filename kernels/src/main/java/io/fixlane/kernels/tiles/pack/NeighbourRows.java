package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.NeighbourCopy;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Rows of a depthwise convolution for dot products in machine code. Where other rows have an
 * activation of a channel, these have a lane of 32 bits: it, and the same channel of the pixels to
 * the right that the next taps of a kernel row cover, four bytes or two words of 16 bits in all. So
 * a step is a group of neighbouring taps, and one lane serves all kernel rows. They lie in {@link
 * Workspace#neighbours}: machine code reads {@link #memory}, and no array has them.
 *
 * <pre>
 *   pixels   a b c d e     lanes   abcd bcde ...     of each channel
 * </pre>
 */
public final class NeighbourRows implements Rows {
  private final ImageRows source;
  private final Container activation;
  private final int group;
  private final int[] runBase;

  /**
   * Makes rows.
   *
   * @param source rows of activations, each tap a run
   * @param group how many activations a lane holds
   */
  public NeighbourRows(ImageRows source, int group) {
    this.source = source;
    this.activation = source.lane();
    this.group = group;
    int[] taps = source.runBase();
    int width = source.window().kernelWidth();
    int groups = Math.ceilDiv(width, group);
    this.runBase = new int[taps.length / width * groups];
    for (int i = 0; i < runBase.length; i++) {
      runBase[i] = taps[i / groups * width + i % groups * group];
    }
  }

  @Override
  public int runLength() {
    return 1;
  }

  @Override
  public int[] runBase() {
    return runBase;
  }

  @Override
  public int rowUnit() {
    return source.rowUnit();
  }

  @Override
  public int blockRows() {
    return source.blockRows();
  }

  @Override
  public int load(Workspace work, int firstRow, int rows, int firstStep, int lastStep) {
    int count = source.load(work, firstRow, rows, firstStep * group, lastStep * group);
    if (firstStep == 0) {
      int distance = source.window().dilationX() * source.channels();
      work.neighbours.ensure((long) count + Math.max(distance, ImageRows.BEYOND));
      if (source.channels() % NeighbourCopy.STEP == 0) {
        copy(work, count);
      } else {
        join(work, count, distance);
      }
    }
    return count;
  }

  private void copy(Workspace work, int count) {
    int channels = source.channels();
    int step = source.window().dilationX();
    int bandRow = source.bandWidth() * channels;
    for (int x = 0; x < Math.min(step, source.bandWidth()); x++) {
      NeighbourCopy.Pixels pixels = new NeighbourCopy.Pixels(channels,
          Math.ceilDiv(source.bandWidth() - x, step), step * channels, count / bandRow, bandRow);
      NeighbourCopy.copy(activation.bytes(), work.activations.segment(activation),
          work.neighbours.memory(), (long) x * channels, pixels, work.tile.memory.numbers,
          work.tile.memory.numberMemory);
    }
  }

  /** Makes lanes one by one; what goes on into the next row of pixels meets weights of 0. */
  private void join(Workspace work, int count, int distance) {
    MemorySegment lanes = work.neighbours.memory();
    if (activation == Container.BYTE) {
      byte[] words = (byte[]) work.activations.array(activation);
      for (int i = count - 1; i >= 0; i--) {
        int next = lanes.getAtIndex(ValueLayout.JAVA_INT, i + distance);
        lanes.setAtIndex(ValueLayout.JAVA_INT, i, words[i] & 0xFF | next << Byte.SIZE);
      }
    } else {
      short[] words = (short[]) work.activations.array(activation);
      for (int i = count - 1; i >= 0; i--) {
        int next = lanes.getAtIndex(ValueLayout.JAVA_INT, i + distance);
        lanes.setAtIndex(ValueLayout.JAVA_INT, i, words[i] & 0xFFFF | next << Short.SIZE);
      }
    }
  }

  @Override
  public MemorySegment memory(Workspace work, Container lane) {
    return work.neighbours.memory();
  }
}
