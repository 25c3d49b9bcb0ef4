package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Weights in the order in which a unit reads them, as narrow as they are.
 *
 * <pre>
 *   columns   0 ........ 63 | 64 ...... 127 | 128 .. 159       panels, as wide as a tile; the
 *           +---------------+---------------+-----------+      columns of the last are filled up
 *   k = 0   | 0 .........63 | 64 k ...      | 128 k ... |      to whole vectors with zeros
 *   k = 1   | 64 ...... 127 |               |           |
 *   ...     |               |               |           |      numbers: places in {@link #words}
 *           +---------------+---------------+-----------+
 * </pre>
 *
 * <p>What a word is, and how many rows of them a step has, is the {@link WeightLayout}'s affair.
 */
public final class PackedWeights {
  private final int steps;
  private final int planes;
  private final int lanes;
  private final int[] panelVectors;
  private final int[] firstColumns;
  private final Container stored;
  private final MemorySegment words;
  private final @Nullable Object array;

  private PackedWeights(int steps, int planes, int lanes, int[] panelVectors,
      Container stored,
      @Nullable Object array, MemorySegment words) {
    this.steps = steps;
    this.planes = planes;
    this.lanes = lanes;
    this.panelVectors = panelVectors;
    this.firstColumns = new int[panelVectors.length + 1];
    for (int i = 0; i < panelVectors.length; i++) {
      firstColumns[i + 1] = firstColumns[i] + panelVectors[i] * lanes;
    }
    this.stored = stored;
    this.array = array;
    this.words = words;
  }

  /**
   * Packs weights.
   *
   * @param lanes the columns of a vector
   * @param maxVectors the most vectors of a panel
   */
  public static PackedWeights of(WeightMatrix weights, WeightLayout layout, int lanes,
      int maxVectors) {
    int[] panelVectors = panels(weights.n(), lanes, maxVectors);
    int steps = weights.k() / layout.group();
    int planes = layout.planes();
    Container stored = layout.stored(weights);
    requireRoom(weights, words(weights.n(), steps, planes, lanes));
    int vectors = Arrays.stream(panelVectors).sum();
    int count = vectors * lanes * steps * planes;
    Object array = layout.aligned() ? null : LaneArrays.allocate(stored, count);
    MemorySegment words = array == null
        ? Arena.ofAuto().allocate((long) count * stored.bytes(), AlignedMemory.LINE)
        : LaneArrays.segment(array);
    PackedWeights packed =
        new PackedWeights(steps, planes, lanes, panelVectors, stored, array, words);
    for (int panel = 0; panel < panelVectors.length; panel++) {
      packed.fill(weights, layout, panel);
    }
    return packed;
  }

  /** Returns the number of packed words. */
  public static long words(int columns, long steps, int planes, int lanes) {
    return (long) Math.ceilDiv(columns, lanes) * lanes * planes * steps;
  }

  /**
   * Requires weights to fit in an array when their columns are filled up to whole vectors of the
   * widest lanes.
   *
   * @param bits the size of a vector, 0 for scalar loops
   * @throws IllegalArgumentException if they do not
   */
  public static void requireRoom(WeightMatrix weights, int bits) {
    requireRoom(weights, words(weights.n(), weights.k(), 1, lanes(Container.LONG, bits)));
  }

  private static void requireRoom(WeightMatrix weights, long words) {
    if (words > LaneArrays.LONGEST) {
      throw new IllegalArgumentException("weights are " + weights.k() + " x " + weights.n()
          + " words for a plan, " + words
          + " with columns filled up to whole vectors: an array holds at most "
          + LaneArrays.LONGEST);
    }
  }

  /** Returns the columns of a vector; scalar loops go over as many as have 256 bits. */
  public static int lanes(Container lane, int bits) {
    return (bits == 0 ? 256 : bits) / lane.bits();
  }

  /** Returns the vectors of each panel: as few panels as there can be, as equal as they can be. */
  public static int[] panels(int columns, int lanes, int maxVectors) {
    int vectors = Math.ceilDiv(columns, lanes);
    int[] panels = new int[Math.ceilDiv(vectors, maxVectors)];
    for (int i = 0; i < panels.length; i++) {
      panels[i] = (vectors + i) / panels.length;
    }
    return panels;
  }

  private void fill(WeightMatrix weights, WeightLayout layout, int panel) {
    int first = firstColumn(panel);
    int columns = columns(panel);
    long place = (long) offset(panel) * stored.bytes();
    for (int step = 0; step < steps; step++) {
      for (int plane = 0; plane < planes; plane++) {
        for (int n = first; n < first + columns; n++) {
          if (n < weights.n()) {
            stored.write(words, place, layout.word(weights, plane, step, n));
          }
          place += stored.bytes();
        }
      }
    }
  }

  /** Returns the rows of a step: 1, or the planes of its terms. */
  public int planes() {
    return planes;
  }

  /** Returns the number of panels. */
  public int panels() {
    return panelVectors.length;
  }

  /** Returns the vectors of columns that a panel has. */
  public int vectors(int panel) {
    return panelVectors[panel];
  }

  /** Returns the columns of a panel, those of padding too. */
  public int columns(int panel) {
    return panelVectors[panel] * lanes;
  }

  /** Returns a panel's first column; of the panel after the last, the number of all columns. */
  public int firstColumn(int panel) {
    return firstColumns[panel];
  }

  /** Returns the place of a panel's first word. */
  public int offset(int panel) {
    return firstColumn(panel) * steps * planes;
  }

  /** Returns what a weight is stored in. */
  public Container stored() {
    return stored;
  }

  /** Returns the words as memory. */
  public MemorySegment words() {
    return words;
  }

  /**
   * Returns the words as an array of the container's type, or null where the layout is
   * {@linkplain WeightLayout#aligned() aligned}.
   */
  public @Nullable Object array() {
    return array;
  }

  /** Returns the size: {@code 36864 bytes, 1 a word, in 1 panel}. */
  @Override
  public String toString() {
    return words.byteSize() + " bytes, " + stored.bytes() + (panels() == 1
        ? " a word, in one panel"
        : " a word, in " + panels() + " panels");
  }
}
