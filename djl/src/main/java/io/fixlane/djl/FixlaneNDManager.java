package io.fixlane.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Makes arrays over memory of the JVM, each a copy of what it is made of. */
class FixlaneNDManager extends BaseNDManager {
  private FixlaneNDManager(@Nullable NDManager parent, @Nullable Device device) {
    super(parent, device);
  }

  /**
   * Makes a manager that stands alone.
   *
   * @throws IllegalArgumentException if the device is not the processor
   */
  static FixlaneNDManager top(@Nullable Device device) {
    return SystemManager.INSTANCE.newSubManager(device);
  }

  /** Returns the manager that is never closed. */
  static FixlaneNDManager system() {
    return SystemManager.INSTANCE;
  }

  /** Returns the manager of the engine that does what these arrays do not, or null. */
  @Nullable
  NDManager alternative() {
    return alternativeManager;
  }

  @Override
  public ByteBuffer allocateDirect(int capacity) {
    return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
  }

  @Override
  public NDArray from(NDArray array) {
    if (array == null || array instanceof FixlaneNDArray) {
      return array;
    }
    NDArray copy = create(array.toByteBuffer(), array.getShape(), array.getDataType());
    copy.setName(array.getName());
    return copy;
  }

  @Override
  public FixlaneNDArray create(Buffer data, Shape shape, DataType dataType) {
    int size = Math.toIntExact(shape.size());
    validateBuffer(data, dataType, size);
    ByteBuffer copy = ByteBuffer.allocate(Math.multiplyExact(size, dataType.getNumOfBytes()))
        .order(ByteOrder.nativeOrder());
    copyBuffer(data.duplicate(), copy);
    return wrap(copy, shape, dataType);
  }

  /** Makes an array over a buffer that nobody else writes to, in the machine's byte order. */
  FixlaneNDArray wrap(ByteBuffer data, Shape shape, DataType dataType) {
    return new FixlaneNDArray(this, data, shape, dataType);
  }

  /** Makes an array of floats. */
  FixlaneNDArray floats(float[] values, Shape shape) {
    ByteBuffer data =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
    data.asFloatBuffer().put(values);
    return wrap(data, shape, DataType.FLOAT32);
  }

  @Override
  public FixlaneNDManager newSubManager(@Nullable Device device) {
    if (device != null && !Device.cpu().equals(device)) {
      throw new IllegalArgumentException(
          "device is " + device + ": " + FixlaneEngine.NAME + " computes on cpu() alone");
    }
    FixlaneNDManager manager = new FixlaneNDManager(this, device);
    attachInternal(manager.uid, manager);
    return manager;
  }

  @Override
  public final Engine getEngine() {
    return FixlaneEngine.INSTANCE;
  }

  @Override
  public void close() {
    super.close();
    if (alternativeManager != null) {
      alternativeManager.close();
      alternativeManager = null;
    }
  }

  /** The root of all others. */
  private static final class SystemManager extends FixlaneNDManager implements SystemNDManager {
    static final SystemManager INSTANCE = new SystemManager();

    SystemManager() {
      super(null, null);
    }

    @Override
    public void close() {}
  }
}
