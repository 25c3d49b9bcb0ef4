package io.fixlane.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrayAdapter;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An array that does what batches and translators of images and classes ask for. The rest is left
 * to the array of another engine, and refused where there is none.
 */
final class FixlaneNDArray extends NDArrayAdapter {
  private ByteBuffer data;

  /**
   * Makes an array.
   *
   * @param data the elements, all of the buffer, in the machine's byte order
   */
  FixlaneNDArray(FixlaneNDManager manager, ByteBuffer data, Shape shape, DataType dataType) {
    super(manager, manager.alternative(), shape, dataType, NDManager.nextUid());
    this.data = data;
    manager.attachInternal(getUid(), this);
  }

  @Override
  public void attach(NDManager other) {
    detach();
    manager = other;
    other.attachInternal(getUid(), this);
    alternativeManager = other instanceof FixlaneNDManager ours ? ours.alternative() : null;
  }

  @Override
  public void detach() {
    manager.detachInternal(getUid());
    manager = FixlaneNDManager.system();
  }

  @Override
  public void intern(NDArray replaced) {
    data = ((FixlaneNDArray) replaced).data;
    shape = replaced.getShape();
    dataType = replaced.getDataType();
    replaced.close();
  }

  @Override
  public ByteBuffer toByteBuffer(boolean tryDirect) {
    return data.duplicate().order(ByteOrder.nativeOrder());
  }

  @Override
  public NDArrayEx getNDArrayInternal() {
    return (NDArrayEx) Proxy.newProxyInstance(NDArrayEx.class.getClassLoader(),
        new Class<?>[] {NDArrayEx.class}, new ImageOperations(this));
  }

  /**
   * Returns the operations of another engine's array of the same elements.
   *
   * @throws UnsupportedOperationException if there is no other engine
   */
  NDArrayEx otherOperations() {
    return super.getNDArrayInternal();
  }

  /** Returns an array of the same manager. */
  FixlaneNDArray like(ByteBuffer elements, Shape other, DataType type) {
    return home().wrap(elements, other, type);
  }

  /** Returns an array of floats, of the same manager. */
  FixlaneNDArray like(float[] elements, Shape other) {
    return home().floats(elements, other);
  }

  private FixlaneNDManager home() {
    return manager instanceof FixlaneNDManager ours ? ours : FixlaneNDManager.system();
  }

  private FixlaneNDArray view(Shape other) {
    FixlaneNDArray view = like(data, other, getDataType());
    view.setName(getName());
    return view;
  }

  /**
   * Returns the same elements in another shape, in the same memory.
   *
   * @throws IllegalArgumentException if the shape has another number of elements
   */
  @Override
  public NDArray reshape(Shape other) {
    long[] dimensions = other.getShape();
    int open = -1;
    long size = 1;
    for (int i = 0; i < dimensions.length; i++) {
      if (dimensions[i] == -1 && open < 0) {
        open = i;
      } else {
        size *= dimensions[i];
      }
    }
    if (open >= 0 && size > 0) {
      dimensions = dimensions.clone();
      dimensions[open] = size() / size;
      size *= dimensions[open];
    }
    if (size != size()) {
      throw new IllegalArgumentException("the shape is " + other + ": it must have " + size()
          + " elements, as " + getShape());
    }
    return view(new Shape(dimensions));
  }

  @Override
  public NDArray flatten() {
    return view(new Shape(size()));
  }

  @Override
  public NDArray expandDims(int axis) {
    int place = place(axis, getShape().dimension() + 1);
    return view(getShape().slice(0, place).add(1).addAll(getShape().slice(place)));
  }

  @Override
  public NDArray squeeze(int[] axes) {
    Shape squeezed = getShape();
    int rank = squeezed.dimension();
    int[] places = Arrays.stream(axes).map(axis -> place(axis, rank)).sorted().toArray();
    for (int i = places.length - 1; i >= 0; i--) {
      if (squeezed.get(places[i]) != 1) {
        throw new IllegalArgumentException("axis " + places[i] + " of " + getShape()
            + " is squeezed: its size must be 1");
      }
      squeezed = squeezed.slice(0, places[i]).addAll(squeezed.slice(places[i] + 1));
    }
    return view(squeezed);
  }

  private static int place(int axis, int rank) {
    int place = axis < 0 ? axis + rank : axis;
    if (place < 0 || place >= rank) {
      throw new IllegalArgumentException(
          "axis is " + axis + ": it must be in " + -rank + ".." + (rank - 1));
    }
    return place;
  }

  @Override
  public NDList split(long sections, int axis) {
    long rows = getShape().get(axis);
    if (axis != 0 || sections <= 0 || rows % sections != 0) {
      return super.split(sections, axis);
    }
    NDList parts = new NDList();
    for (long i = 0; i < sections; i++) {
      parts.add(rows(i * (rows / sections), (i + 1) * (rows / sections)));
    }
    return parts;
  }

  @Override
  public NDList split(long[] indices, int axis) {
    if (axis != 0) {
      return super.split(indices, axis);
    }
    NDList parts = new NDList();
    long from = 0;
    for (long index : indices) {
      parts.add(rows(from, index));
      from = index;
    }
    parts.add(rows(from, getShape().get(0)));
    return parts;
  }

  private FixlaneNDArray rows(long from, long to) {
    long[] dimensions = getShape().getShape().clone();
    int bytes = dimensions[0] == 0 ? 0 : Math.toIntExact(data.capacity() / dimensions[0]);
    dimensions[0] = to - from;
    // Each part is a buffer of its own that begins at 0.
    ByteBuffer part = data.slice(Math.toIntExact(from * bytes),
        Math.toIntExact((to - from) * bytes)).order(ByteOrder.nativeOrder());
    return like(part, new Shape(dimensions), getDataType());
  }

  @Override
  public NDArray add(Number number) {
    float n = number.floatValue();
    float[] values = Elements.floats(this);
    for (int i = 0; i < values.length; i++) {
      values[i] += n;
    }
    return like(values, getShape());
  }

  @Override
  public NDArray sub(Number number) {
    return add(-number.floatValue());
  }

  @Override
  public NDArray mul(Number number) {
    float n = number.floatValue();
    float[] values = Elements.floats(this);
    for (int i = 0; i < values.length; i++) {
      values[i] *= n;
    }
    return like(values, getShape());
  }

  @Override
  public NDArray div(Number number) {
    float n = number.floatValue();
    float[] values = Elements.floats(this);
    for (int i = 0; i < values.length; i++) {
      values[i] /= n;
    }
    return like(values, getShape());
  }

  /** Returns what the numbers along an axis become as probabilities, computed in doubles. */
  @Override
  public NDArray softmax(int axis) {
    int place = place(axis, getShape().dimension());
    int count = Math.toIntExact(getShape().get(place));
    int inner = Math.toIntExact(getShape().slice(place + 1).size());
    float[] values = Elements.floats(this);
    double[] powers = new double[count];
    for (int first = 0; first < values.length; first += count * inner) {
      for (int i = first; i < first + inner; i++) {
        softmax(values, i, inner, powers);
      }
    }
    return like(values, getShape());
  }

  private static void softmax(float[] values, int first, int stride, double[] powers) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < powers.length; k++) {
      largest = Math.max(largest, values[first + k * stride]);
    }
    double sum = 0;
    for (int k = 0; k < powers.length; k++) {
      powers[k] = Math.exp((double) values[first + k * stride] - largest);
      sum += powers[k];
    }
    for (int k = 0; k < powers.length; k++) {
      values[first + k * stride] = (float) (powers[k] / sum);
    }
  }
}
