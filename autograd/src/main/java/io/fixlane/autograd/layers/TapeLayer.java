package io.fixlane.autograd.layers;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;

/**
 * A part of a network, or all of it: parameters, statistics, and layers within, each with a name.
 * The constructor of a layer declares them, and {@link #forward} uses them.
 *
 * <p>Names are paths: {@code block.conv.weight} is the parameter {@code weight} of the layer
 * {@code conv} in the layer {@code block}. They are what checkpoints and error messages know.
 *
 * {@snippet class="io.fixlane.autograd.layers.LayersExample" region="network"}
 */
public abstract class TapeLayer {
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, float[]> statistics = new LinkedHashMap<>();
  private final SequencedMap<String, TapeLayer> layers = new LinkedHashMap<>();

  /** Makes a layer that has nothing yet. */
  protected TapeLayer() {}

  /**
   * Computes the output.
   *
   * @param tape what the computation is recorded on, and says whether it is training
   * @param x the input
   */
  public abstract Tensor forward(Tape tape, Tensor x);

  /** Declares a parameter. */
  protected final Tensor parameter(String name, float[] data, int... shape) {
    Tensor parameter = Tensor.parameter(data, shape);
    declare(parameters, name, parameter);
    return parameter;
  }

  /** Declares numbers that are not learned by gradients, but are part of what is learned. */
  protected final float[] statistics(String name, float[] data) {
    declare(statistics, name, data);
    return data;
  }

  /** Declares a layer within. */
  protected final <L extends TapeLayer> L layer(String name, L layer) {
    declare(layers, name, layer);
    return layer;
  }

  private static <T> void declare(Map<String, T> all, String name, T what) {
    if (name.isEmpty() || name.indexOf('.') >= 0) {
      throw new IllegalArgumentException(
          "name is '" + name + "': it must have a letter, and no dot");
    }
    if (all.putIfAbsent(name, what) != null) {
      throw new IllegalArgumentException("name is '" + name + "': the layer has one of that name");
    }
  }

  /**
   * Computes the output of a layer within, under its name.
   *
   * @throws IllegalArgumentException if no layer of that name has been declared
   */
  protected final Tensor forward(Tape tape, String name, Tensor x) {
    TapeLayer layer = layers.get(name);
    if (layer == null) {
      throw new IllegalArgumentException(
          "name is '" + name + "': the layers are " + layers.keySet());
    }
    return tape.within(name, () -> layer.forward(tape, x));
  }

  /** Returns the layers directly within, by name, in the order of their declaration. */
  public final SequencedMap<String, TapeLayer> layers() {
    return Collections.unmodifiableSequencedMap(layers);
  }

  /** Returns all parameters, those of the layers within too, by path. */
  public final Map<String, Tensor> parameters() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    visit("", (path, layer) -> layer.parameters.forEach((name, p) -> all.put(path + name, p)));
    return all;
  }

  /**
   * Returns all statistics, those of the layers within too, by path: the arrays themselves, not
   * copies.
   */
  public final Map<String, float[]> statistics() {
    Map<String, float[]> all = new LinkedHashMap<>();
    visit("", (path, layer) -> layer.statistics.forEach((name, s) -> all.put(path + name, s)));
    return all;
  }

  /** Returns a checksum of all parameters and statistics, in their order. */
  public final long checksum() {
    CRC32C checksum = new CRC32C();
    parameters().values().forEach(parameter -> update(checksum, parameter.data()));
    statistics().values().forEach(numbers -> update(checksum, numbers));
    return checksum.getValue();
  }

  private static void update(CRC32C checksum, float[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES);
    for (float number : numbers) {
      checksum.update(bytes.clear().putFloat(number).flip());
    }
  }

  /** Visits this layer and all within, each with the beginning of its paths. */
  private void visit(String path, BiConsumer<String, TapeLayer> visitor) {
    visitor.accept(path, this);
    layers.forEach((name, layer) -> layer.visit(path + name + ".", visitor));
  }
}
