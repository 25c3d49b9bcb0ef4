package io.fixlane.autograd.search;

import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What a search may try: every combination.
 *
 * @param methods ways into fixed point
 * @param bits W of weights and activations
 * @param elementBits W in element-wise layers; empty: that of weights and activations
 * @param kHot K of weights and scales, 0 to multiply in full
 * @param modes how words round and what they do beyond their range
 */
public record SearchSpace(
    List<Method> methods,
    List<Integer> bits,
    List<Integer> elementBits,
    List<Integer> kHot,
    List<Modes> modes) {
  /**
   * The modes of words.
   *
   * @param quantization the quantization mode
   * @param overflow the overflow mode
   */
  public record Modes(QuantizationMode quantization, OverflowMode overflow) {}

  /**
   * Returns all trials, those of one width side by side.
   *
   * @param seed what the seeds of the trials come from
   * @param epochs how long each is trained in fixed point
   * @throws IllegalArgumentException if a number is out of its range
   */
  public List<Trial> grid(long seed, int epochs) {
    List<Trial> trials = new ArrayList<>();
    for (Formats formats : formats()) {
      for (Method method : methods) {
        trials.add(Trial.of(method, formats, seed, method == Method.PTQ ? 0 : epochs));
      }
    }
    return trials;
  }

  private List<Formats> formats() {
    List<Formats> formats = new ArrayList<>();
    for (int width : bits) {
      for (int element : elementBits.isEmpty() ? List.of(width) : elementBits) {
        for (int k : kHot) {
          modes.forEach(mode -> formats
              .add(new Formats(width, element, k, mode.quantization(), mode.overflow())));
        }
      }
    }
    return formats;
  }

  /**
   * Returns some of the trials, drawn at random, in the order of {@link #grid}; all, if there are
   * no more.
   *
   * @param count how many
   * @param seed what they are drawn from, and what the seeds of the trials come from
   * @param epochs as there
   */
  public List<Trial> random(int count, long seed, int epochs) {
    List<Trial> grid = grid(seed, epochs);
    List<Trial> drawn = new ArrayList<>(grid);
    Collections.shuffle(drawn, new Random(seed));
    drawn.subList(Math.min(count, drawn.size()), drawn.size()).clear();
    drawn.sort(Comparator.comparingInt(grid::indexOf));
    return drawn;
  }
}
