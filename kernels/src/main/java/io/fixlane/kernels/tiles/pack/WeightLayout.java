package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Loops;
import java.util.List;

/**
 * What the words of a panel are. A step of a micro-kernel reads a row of words for each plane, one
 * word for each column, and they stand for the weights of a group of neighbouring steps of k.
 */
public interface WeightLayout {
  /** Returns the layout in which each weight is a word, in the narrowest container for all. */
  static WeightLayout words() {
    return WordLayout.WORDS;
  }

  /** Returns the steps of k that a word stands for. */
  default int group() {
    return 1;
  }

  /** Returns whether a group may go on from one pixel into the next, where they lie together. */
  default boolean crossesPixels() {
    return false;
  }

  /**
   * Returns whether words begin where a line of the cache begins, for machine code: memory has
   * them, and no array.
   */
  default boolean aligned() {
    return false;
  }

  /** Returns the rows of a step. */
  default int planes() {
    return 1;
  }

  /** Returns the weights whose products are summed, each for itself, in the lanes of a block. */
  default List<WeightMatrix> summed(WeightMatrix weights) {
    return List.of(weights);
  }

  /** Returns what a word lies in. */
  Container stored(WeightMatrix weights);

  /** Returns how words come into lanes that they do not fill: with their signs extended. */
  default PanelWidening widening(Container stored, Container lane) {
    Loops loops = Widening.loops(stored, true, lane);
    return (work, words, from, lanes, to, count) -> loops.compute(words, from * stored.bytes(),
        words, 0, words, 0, lanes, to * lane.bytes(), count, null);
  }

  /** Returns the word of a step, a group of steps of k, for a column. */
  long word(WeightMatrix weights, int plane, int step, int column);
}
