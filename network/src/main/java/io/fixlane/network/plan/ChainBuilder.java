package io.fixlane.network.plan;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.ConcatLayer;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.GlobalAverageLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.ResidualLayer;
import io.fixlane.network.layer.ScaleAndShiftLayer;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.UpsampleLayer;
import io.fixlane.network.plan.PlannedLayer.Branches;
import io.fixlane.network.plan.PlannedLayer.View;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Puts layers in their place, one after the other: checked, and planned for what comes to them. */
public final class ChainBuilder {
  /** How deep blocks may lie in blocks. */
  static final int MAX_DEPTH = 32;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9 _./:-]{1,100}");

  private final TensorType input;
  private final int depth;
  /** The names of all layers of the network, those in blocks too. */
  private final SequencedSet<String> names;
  private final List<PlannedLayer> layers = new ArrayList<>();

  /** Makes a builder of layers that take an input. */
  public ChainBuilder(TensorType input) {
    this(input, 0, new LinkedHashSet<>());
  }

  private ChainBuilder(TensorType input, int depth, SequencedSet<String> names) {
    this.input = input;
    this.depth = depth;
    this.names = names;
  }

  /** Returns whether the layers are those of a block. */
  public boolean isBranch() {
    return depth > 0;
  }

  /** Returns the layers so far. */
  public Chain chain() {
    return new Chain(input, layers);
  }

  /**
   * Returns the layers of a network.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Chain network() {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("the network has no layers: it must have one");
    }
    return chain();
  }

  /**
   * Adds a layer of any kind.
   *
   * @throws IllegalArgumentException if it cannot be; the message names it, and nothing is added
   */
  public void add(String name, Supplier<Layer> layer) {
    addPlanned(name, () -> plan(layer.get()));
  }

  /** Adds a block whose branches are added to builders of their own. */
  public void addBlock(String name, Consumer<ChainBuilder> body, Consumer<ChainBuilder> shortcut,
      boolean relu, FixedFormat result) {
    addPlanned(name, () -> block(name, body, shortcut, relu, result));
  }

  /** Adds a block whose branches are added to builders of their own, and lie side by side. */
  public void addConcat(String name, Consumer<ChainBuilder> first, Consumer<ChainBuilder> second,
      FixedFormat result) {
    addPlanned(name, () -> concat(name, first, second, result));
  }

  private void addPlanned(String name, Supplier<PlannedLayer> layer) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("the layer's name is \"" + name
          + "\": it must be 1 to 100 letters, digits, blanks and _ . / : - of ASCII");
    }
    int others = names.size();
    if (!names.add(name)) {
      throw new IllegalArgumentException(
          "layer \"" + name + "\": the network has another layer of this name");
    }
    int before = layers.size();
    try {
      layers.add(layer.get());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException("layer \"" + name + "\": " + e.getMessage(), e);
    } finally {
      while (layers.size() == before && names.size() > others) {
        names.removeLast();
      }
    }
  }

  private PlannedLayer plan(Layer layer) {
    TensorType x = chain().result();
    return switch (layer) {
      case DenseLayer dense -> ProductPlanner.plan(dense, x);
      case ConvLayer conv -> ProductPlanner.plan(conv, x);
      case BinaryDenseLayer dense -> BinaryPlanner.plan(dense, x);
      case BinaryConvLayer conv -> BinaryPlanner.plan(conv, x);
      case ScaleAndShiftLayer norm -> ElementPlanner.plan(norm, x);
      case UnaryLayer unary -> ElementPlanner.plan(unary, x);
      case ThresholdLayer stairs -> ElementPlanner.plan(stairs, x);
      case PoolLayer pool -> PoolPlanner.plan(pool, x);
      case GlobalAverageLayer global -> PoolPlanner.plan(global, x);
      case FlattenLayer _ -> new PlannedLayer(
          layer, x, Types.of(x.format(), x.size()), new View(), Costs.NONE);
      case UpsampleLayer larger -> Upsampling.plan(larger, x);
      case ResidualLayer block -> block(block.name(), branch -> branch.addAll(block.body()),
          branch -> branch.addAll(block.shortcut()), block.relu(), block.result());
      case ConcatLayer block -> concat(block.name(), branch -> branch.addAll(block.first()),
          branch -> branch.addAll(block.second()), block.result());
    };
  }

  private void addAll(List<Layer> all) {
    all.forEach(layer -> add(layer.name(), () -> layer));
  }

  private PlannedLayer block(String name, Consumer<ChainBuilder> bodyLayers,
      Consumer<ChainBuilder> shortcutLayers, boolean relu, FixedFormat result) {
    Chain body = branch(bodyLayers);
    Chain shortcut = branch(shortcutLayers);
    if (body.layers().isEmpty()) {
      throw new IllegalArgumentException("its body has no layers: it must have one");
    }
    TensorType a = body.result();
    TensorType b = shortcut.result();
    if (!a.shape().equals(b.shape())) {
      throw new IllegalArgumentException("its body gives " + a + " and its shortcut " + b
          + ": the shapes must be the same");
    }
    Layer layer =
        new ResidualLayer(name, body.descriptions(), shortcut.descriptions(), relu, result);
    return new PlannedLayer(layer, body.input(), Types.with(a, result),
        ProductPlanner.join(body, shortcut, Sum.of(relu, a.format(), b.format(), result), result),
        Costs.plus(body.cost(), shortcut.cost()));
  }

  private PlannedLayer concat(String name, Consumer<ChainBuilder> firstLayers,
      Consumer<ChainBuilder> secondLayers, FixedFormat result) {
    Chain first = branch(firstLayers);
    Chain second = branch(secondLayers);
    if (first.layers().isEmpty() && second.layers().isEmpty()) {
      throw new IllegalArgumentException("its branches have no layers: one of them must have one");
    }
    TensorType a = first.result();
    TensorType b = second.result();
    Layer layer = new ConcatLayer(name, first.descriptions(), second.descriptions(), result);
    return new PlannedLayer(layer, first.input(), Beside.type(a, b, result),
        new Branches(first, second, Beside.of(a, b, result), Optional.empty()),
        Costs.plus(first.cost(), second.cost()));
  }

  private Chain branch(Consumer<ChainBuilder> content) {
    if (depth == MAX_DEPTH) {
      throw new IllegalArgumentException(
          "blocks lie in blocks " + (depth + 1) + " deep: at most " + MAX_DEPTH + " can");
    }
    ChainBuilder branch = new ChainBuilder(chain().result(), depth + 1, names);
    content.accept(branch);
    return branch.chain();
  }
}
