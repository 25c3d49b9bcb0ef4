package io.fixlane.kernels.tiles.pack;

import java.lang.foreign.MemorySegment;

/** How the words of a panel, stored narrower than lanes, come into these. */
public interface PanelWidening {
  /**
   * Widens neighbouring words.
   *
   * @param work what the thread has
   * @param words where they lie
   * @param from the place of the first
   * @param lanes where they go, an array of lanes as memory
   * @param to the place of the first lane
   * @param count how many there are, whole rows of a panel
   */
  void compute(Workspace work, MemorySegment words, long from, MemorySegment lanes, long to,
      long count);
}
