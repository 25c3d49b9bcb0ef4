package io.fixlane.onnx.read;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What arranges numbers otherwise and computes none.
 *
 * @param <W> how they are computed
 */
public final class Arrangements<W extends Way<W>> {
  private final Reading<W> reading;

  /** Arranges what a graph that is being read gives. */
  public Arrangements(Reading<W> reading) {
    this.reading = reading;
  }

  /** Reads a Flatten: what it gives are features. */
  public Signal<W> flatten(ModelNode node) throws OnnxException {
    node.requireAttributes("axis");
    Signal<W> signal = reading.only(node);
    long axis = node.integer("axis", 1);
    int rank = signal.layout().dimensions().size();
    boolean ofOneSample = axis == 0 && reading.graph().inputShape()[0] == 1;
    if (axis != 1 && axis != -rank && !ofOneSample) {
      throw node.refuse("its attribute 'axis' is " + axis
          + ": only 1, which flattens samples, is read, or 0 where the batch is one sample");
    }
    return flattened(node, signal);
  }

  private Signal<W> flattened(ModelNode node, Signal<W> signal) throws OnnxException {
    return switch (signal.layout()) {
      case Layout.Image image ->
          new Signal<>(image.flattened(), signal.link().flattened(node, image));
      case Layout.Features features -> signal.as(
          new Layout.Features(List.of(features.count()), features.flattened()));
    };
  }

  /** Reads a Reshape that flattens, or adds or removes dimensions of 1. */
  public Signal<W> reshape(ModelNode node) throws OnnxException {
    node.requireAttributes("allowzero");
    node.requireInputs(2, 2);
    Signal<W> signal = reading.signal(node, 0);
    int[] shape = reading.integers(node, 1);
    List<Integer> before = signal.layout().dimensions();
    List<Integer> after = new ArrayList<>();
    long known = 1;
    for (int i = 1; i < shape.length; i++) {
      boolean copied = shape[i] == 0 && i <= before.size();
      after.add(copied ? before.get(i - 1) : shape[i]);
      known *= after.getLast() > 0 ? after.getLast() : 1;
    }
    int open = after.indexOf(-1);
    if (open >= 0 && known > 0 && shape[0] != -1) {
      after.set(open, (int) (signal.layout().size() / known));
    }
    if (after.equals(before)) {
      return signal;
    }
    if (after.size() == 1 && after.getFirst() == signal.layout().size()) {
      return flattened(node, signal);
    }
    return withoutOnes(node, signal, after);
  }

  /** Only dimensions that are 1 may come or go. */
  private Signal<W> withoutOnes(ModelNode node, Signal<W> signal, List<Integer> after)
      throws OnnxException {
    List<Integer> wide = after.stream().filter(dimension -> dimension != 1).toList();
    if (signal.layout() instanceof Layout.Image image) {
      List<Axis> left = new ArrayList<>(image.axes());
      left.removeIf(axis -> image.size(axis) == 1);
      List<Axis> ones = new ArrayList<>(List.of(Axis.values()));
      ones.removeAll(left);
      if (left.stream().map(image::size).toList().equals(wide)
          && after.size() <= Axis.values().length) {
        List<Axis> axes = new ArrayList<>();
        for (int dimension : after) {
          axes.add(dimension == 1 ? ones.removeFirst() : left.removeFirst());
        }
        return signal.as(image.with(axes));
      }
    }
    throw node.refuse("it gives " + signal.layout().dimensions() + " of a sample the shape "
        + after + ": only what flattens samples is read, or adds and removes dimensions of 1");
  }

  /** Reads a Squeeze. */
  public Signal<W> squeeze(ModelNode node) throws OnnxException {
    Signal<W> signal = axesOf(node);
    List<Integer> before = signal.layout().dimensions();
    TreeSet<Integer> places = places(node, before.size());
    List<Integer> after = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      boolean gone = places.isEmpty() ? before.get(i) == 1 : places.contains(i);
      if (gone && before.get(i) != 1) {
        throw node.refuse("it removes the dimension " + (i + 1) + ", which is " + before.get(i)
            + ": it must be 1");
      }
      if (!gone) {
        after.add(before.get(i));
      }
    }
    return switch (signal.layout()) {
      case Layout.Features features when after.size() > 0 ->
          signal.as(new Layout.Features(List.copyOf(after), features.flattened()));
      case Layout.Image image when after.size() > 1 -> {
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
          if (places.isEmpty() ? before.get(i) != 1 : !places.contains(i)) {
            axes.add(image.axes().get(i));
          }
        }
        yield signal.as(image.with(axes));
      }
      default -> flattened(node, signal);
    };
  }

  /** Reads an Unsqueeze. */
  public Signal<W> unsqueeze(ModelNode node) throws OnnxException {
    Signal<W> signal = axesOf(node);
    int[] axes = node.hasInput(1) ? reading.integers(node, 1) : node.integers("axes");
    List<Integer> before = signal.layout().dimensions();
    int rank = before.size() + (axes == null ? 0 : axes.length);
    TreeSet<Integer> places = places(node, rank);
    List<Integer> after = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < rank; i++) {
      after.add(places.contains(i) || next == before.size() ? 1 : before.get(next++));
    }
    if (signal.layout() instanceof Layout.Features features) {
      return signal.as(new Layout.Features(List.copyOf(after), features.flattened()));
    }
    return withoutOnes(node, signal, after);
  }

  private Signal<W> axesOf(ModelNode node) throws OnnxException {
    node.requireAttributes("axes");
    node.requireInputs(1, 2);
    return reading.signal(node, 0);
  }

  /** Returns the places that axes name, without that of the batch; none where there are no axes. */
  private TreeSet<Integer> places(ModelNode node, int rank) throws OnnxException {
    int[] axes = node.hasInput(1) ? reading.integers(node, 1) : node.integers("axes");
    TreeSet<Integer> places = new TreeSet<>();
    for (int axis : axes == null ? new int[0] : axes) {
      int place = axis < 0 ? axis + rank : axis - 1;
      if (place < 0 || place >= rank) {
        throw node.refuse("its axes are " + Arrays.toString(axes)
            + ": they must be of the " + rank + " dimensions of a sample");
      }
      places.add(place);
    }
    return places;
  }

  /** Reads a Transpose: the same numbers, which lie otherwise in the model. */
  public Signal<W> transpose(ModelNode node) throws OnnxException {
    node.requireAttributes("perm");
    Signal<W> signal = reading.only(node);
    int[] order = node.integers("perm");
    int rank = signal.layout().dimensions().size();
    if (order == null || order.length != rank + 1 || order[0] != 0
        || Arrays.stream(order).distinct().count() != order.length
        || Arrays.stream(order).anyMatch(place -> place < 0 || place > rank)) {
      throw node.refuse("its attribute 'perm' is " + Arrays.toString(order)
          + ": only the dimensions of a sample may change places");
    }
    if (signal.layout() instanceof Layout.Image image) {
      return signal.as(image.with(
          Arrays.stream(order).skip(1).mapToObj(place -> image.axes().get(place - 1)).toList()));
    }
    if (rank > 1) {
      throw node.refuse("it takes features: only images are transposed");
    }
    return signal;
  }

  /** Reads a Pad with zeros, which the next operator is to take. */
  public Signal<W> pad(ModelNode node) throws OnnxException {
    node.requireAttributes("mode", "pads", "value");
    node.requireInputs(1, 4);
    if (!node.text("mode", "constant").equals("constant")) {
      throw node.refuse("its attribute 'mode' is '" + node.text("mode", "")
          + "': only constant is read");
    }
    float value = node.hasInput(2)
        ? Reading.numbers(node, reading.constant(node, 2), 1)[0]
        : node.number("value", 0);
    Signal<W> signal = reading.padded(node, 0);
    int[] pads = node.hasInput(1) ? reading.integers(node, 1) : node.integers("pads");
    int rank = signal.layout().dimensions().size() + 1;
    if (pads == null || pads.length != 2 * rank || node.hasInput(3) || value != 0
        || Arrays.stream(pads).anyMatch(pad -> pad < 0 || pad > Short.MAX_VALUE)) {
      throw node.refuse("it pads " + rank + " dimensions by " + Arrays.toString(pads) + " with "
          + value + ": only zeros are read, up to " + Short.MAX_VALUE + " along all dimensions");
    }
    if (Arrays.stream(pads).allMatch(pad -> pad == 0)) {
      return signal;
    }
    if (!(signal.layout() instanceof Layout.Image image) || signal.padding() != null) {
      throw node.refuse("it must pad an image, and once");
    }
    int[] sides = new int[4];
    for (int i = 0; i < pads.length; i++) {
      Axis axis = i % rank == 0 ? Axis.CHANNELS : image.axes().get(i % rank - 1);
      if (axis == Axis.CHANNELS && pads[i] != 0) {
        throw node.refuse("it pads samples or channels: only rows and columns are");
      }
      sides[(axis == Axis.WIDTH ? 2 : 0) + i / rank] += pads[i];
    }
    Layout.Image padded = Reading.checked(node, image.with(image.height() + sides[0] + sides[1],
        image.width() + sides[2] + sides[3], image.channels()));
    return new Signal<>(padded, signal.link(),
        Arrays.stream(sides).boxed().toList());
  }
}
