package io.fixlane.djl;

import ai.djl.modality.cv.Image.Interpolation;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The few of the many operations of {@link NDArrayEx} that batches and translators of images ask
 * for; of an array, the others are another engine's.
 *
 * @param array the array
 */
record ImageOperations(FixlaneNDArray array) implements InvocationHandler {
  private static final float WHITE = 255;

  @Override
  public Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object[] given = arguments == null ? new Object[0] : arguments;
    return switch (method.getName()) {
      case "getArray" -> array;
      case "toTensor" -> toTensor();
      case "normalize" -> normalize((float[]) given[0], (float[]) given[1]);
      case "crop" -> crop((int) given[0], (int) given[1], (int) given[2], (int) given[3]);
      case "resize" -> resizes((int) given[2])
          ? resize((int) given[0], (int) given[1], (int) given[2])
          : other(method, given);
      case "stack" -> given.length == 1 || (int) given[1] == 0
          ? stack((NDList) given[0])
          : other(method, given);
      default -> other(method, given);
    };
  }

  private Object other(Method method, Object[] arguments) throws Throwable {
    NDArrayEx operations;
    try {
      operations = array.otherOperations();
    } catch (UnsupportedOperationException e) {
      throw new UnsupportedOperationException("the arrays of " + FixlaneEngine.NAME
          + " do not compute " + method.getName() + ": another engine that does must be there, as"
          + " PyTorch", e);
    }
    try {
      return method.invoke(operations, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** An image, or several: rows x columns x channels. */
  private record Images(int count, int height, int width, int channels) {
    static Images of(NDArray array) {
      Shape shape = array.getShape();
      int first = shape.dimension() - 3;
      if (first != 0 && first != 1) {
        throw new IllegalArgumentException("the array has the shape " + shape
            + ": an image has 3 dimensions, and a batch of images 4");
      }
      return new Images(first == 0 ? 1 : Math.toIntExact(shape.get(0)),
          Math.toIntExact(shape.get(first)), Math.toIntExact(shape.get(first + 1)),
          Math.toIntExact(shape.get(first + 2)));
    }

    Shape shape(NDArray like, int a, int b, int c) {
      return like.getShape().dimension() == 3 ? new Shape(a, b, c) : new Shape(count, a, b, c);
    }
  }

  /** Returns images with their channels first, and 255 as 1. */
  private NDArray toTensor() {
    Images images = Images.of(array);
    float[] pixels = Elements.floats(array);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] /= WHITE;
    }
    return array.like(
        ImageLayout.channelsFirst(pixels, images.height * images.width, images.channels),
        images.shape(array, images.channels, images.height, images.width));
  }

  /** Returns images, channels first, with the mean off each channel, over the deviation. */
  private NDArray normalize(float[] mean, float[] deviation) {
    Images images = Images.of(array);
    int channels = images.height;
    if (mean.length < channels || deviation.length < channels) {
      throw new IllegalArgumentException("there are " + mean.length + " means and "
          + deviation.length + " deviations: there must be one of each for " + channels
          + " channels");
    }
    float[] pixels = Elements.floats(array);
    int plane = images.width * images.channels;
    for (int i = 0; i < pixels.length; i++) {
      int channel = i / plane % channels;
      pixels[i] = (pixels[i] - mean[channel]) / deviation[channel];
    }
    return array.like(pixels, array.getShape());
  }

  private NDArray crop(int x, int y, int width, int height) {
    Images images = Images.of(array);
    if (x < 0 || y < 0 || width < 0 || height < 0 || x > images.width - width
        || y > images.height - height) {
      throw new IllegalArgumentException("the part is " + width + " x " + height + " at " + x
          + ", " + y + ": it must lie in " + images.width + " x " + images.height);
    }
    int pixel = images.channels * array.getDataType().getNumOfBytes();
    ByteBuffer source = array.toByteBuffer();
    ByteBuffer target = buffer(images.count * height * width * pixel);
    for (int image = 0; image < images.count; image++) {
      for (int row = 0; row < height; row++) {
        int first = ((image * images.height + y + row) * images.width + x) * pixel;
        target.put(source.slice(first, width * pixel));
      }
    }
    return array.like(target.rewind(), images.shape(array, height, width, images.channels),
        array.getDataType());
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
  }

  private boolean resizes(int interpolation) {
    DataType type = array.getDataType();
    return (type == DataType.UINT8 || type == DataType.FLOAT32)
        && (interpolation == Interpolation.NEAREST.ordinal()
            || interpolation == Interpolation.BILINEAR.ordinal());
  }

  private NDArray resize(int width, int height, int interpolation) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "the size is " + width + " x " + height + ": it must be positive");
    }
    Images images = Images.of(array);
    boolean nearest = interpolation == Interpolation.NEAREST.ordinal();
    Resampling columns = nearest ? Resampling.nearest(images.width, width)
        : Resampling.linear(images.width, width);
    Resampling rows = nearest ? Resampling.nearest(images.height, height)
        : Resampling.linear(images.height, height);
    float[] target = rows.resize(
        columns.resize(Elements.floats(array), images.width, images.channels), images.height,
        width * images.channels);
    Shape shape = images.shape(array, height, width, images.channels);
    return array.getDataType() == DataType.FLOAT32
        ? array.like(target, shape)
        : array.like(bytes(target), shape, DataType.UINT8);
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes = buffer(values.length);
    for (float value : values) {
      bytes.put((byte) (int) value);
    }
    return bytes.rewind();
  }

  /**
   * Joins arrays along a new first axis.
   *
   * @param more what comes behind this array
   * @throws IllegalArgumentException if shapes or types differ
   */
  private NDArray stack(NDList more) {
    ByteBuffer first = array.toByteBuffer();
    ByteBuffer all = buffer(Math.multiplyExact(first.remaining(), more.size() + 1)).put(first);
    for (NDArray other : more) {
      if (!other.getShape().equals(array.getShape())
          || other.getDataType() != array.getDataType()) {
        throw new IllegalArgumentException("a batch has " + other.getShape() + " of "
            + other.getDataType() + " beside " + array.getShape() + " of " + array.getDataType()
            + ": all must be alike");
      }
      all.put(other.toByteBuffer());
    }
    return array.like(all.rewind(), new Shape(more.size() + 1).addAll(array.getShape()),
        array.getDataType());
  }
}
