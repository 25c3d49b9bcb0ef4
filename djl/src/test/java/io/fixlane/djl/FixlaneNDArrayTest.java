package io.fixlane.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.modality.cv.Image.Interpolation;
import ai.djl.modality.cv.util.NDImageUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Arrays do what batches and translators of images ask for. */
class FixlaneNDArrayTest {
  private final NDManager manager = Engine.getEngine("Fixlane").newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray bytes(Shape shape, int... pixels) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      bytes[i] = (byte) pixels[i];
    }
    return manager.create(java.nio.ByteBuffer.wrap(bytes), shape, DataType.UINT8);
  }

  @Test
  void shapesChangeAndElementsDoNot() {
    NDArray array = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));
    assertThat(array.expandDims(0).getShape()).isEqualTo(new Shape(1, 2, 3));
    assertThat(array.expandDims(-1).getShape()).isEqualTo(new Shape(2, 3, 1));
    assertThat(array.expandDims(1).squeeze(1)).isEqualTo(array);
    assertThat(array.expandDims(1).expandDims(0).squeeze().getShape()).isEqualTo(new Shape(2, 3));
    assertThat(array.reshape(3, -1).getShape()).isEqualTo(new Shape(3, 2));
    assertThat(array.flatten().toFloatArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThatIllegalArgumentException().isThrownBy(() -> array.reshape(4, -1))
        .withMessage("the shape is (4, -1): it must have 6 elements, as (2, 3)");
    assertThatIllegalArgumentException().isThrownBy(() -> array.squeeze(0))
        .withMessage("axis 0 of (2, 3) is squeezed: its size must be 1");
    assertThatIllegalArgumentException().isThrownBy(() -> array.expandDims(4))
        .withMessage("axis is 4: it must be in -3..2");
  }

  @Test
  void batchesAreStackedAndSplit() {
    NDArray first = bytes(new Shape(2), 1, 255);
    NDArray second = bytes(new Shape(2), 3, 4);
    NDArray stacked = NDArrays.stack(new NDList(first, second));
    assertThat(stacked.getShape()).isEqualTo(new Shape(2, 2));
    assertThat(stacked.toUint8Array()).containsExactly(1, 255, 3, 4);
    NDList parts = stacked.split(2);
    assertThat(parts).hasSize(2);
    assertThat(parts.get(1).squeeze(0)).isEqualTo(second);
    assertThat(stacked.split(new long[] {1}).get(0).toUint8Array()).containsExactly(1, 255);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NDArrays.stack(new NDList(first, bytes(new Shape(1), 3))))
        .withMessage(
            "a batch has (1) of uint8 beside (2) of uint8: all must be alike");
  }

  @Test
  void numbersAreScaled() {
    NDArray array = bytes(new Shape(3), 0, 128, 255);
    assertThat(array.div(128f).sub(1).toFloatArray()).containsExactly(-1, 0, 127 / 128f);
    assertThat(array.mul(2).add(0.5).toFloatArray()).containsExactly(0.5f, 256.5f, 510.5f);
  }

  @Test
  void softmaxIsAlongAnAxis() {
    NDArray array = manager.create(new float[] {0, 1000, (float) Math.log(3), 1000},
        new Shape(2, 2));
    assertThat(array.softmax(0).toFloatArray())
        .containsExactly(new float[] {0.25f, 0.5f, 0.75f, 0.5f}, within(1e-7f));
    assertThat(array.softmax(-1).toFloatArray())
        .containsExactly(new float[] {0, 1, 0, 1}, within(1e-7f));
  }

  @Test
  void imagesBecomeTensors() {
    NDArray image = bytes(new Shape(1, 2, 3), 255, 51, 0, 0, 102, 255);
    NDArray tensor = NDImageUtils.toTensor(image);
    assertThat(tensor.getShape()).isEqualTo(new Shape(3, 1, 2));
    assertThat(tensor.toFloatArray()).containsExactly(1, 0, 0.2f, 0.4f, 0, 1);
    NDArray normal = NDImageUtils.normalize(
        tensor, new float[] {0.5f, 0.2f, 0}, new float[] {0.5f, 1, 0.25f});
    assertThat(normal.toFloatArray()).containsExactly(1, -1, 0, 0.4f - 0.2f, 0, 4);
    assertThat(NDImageUtils.toTensor(NDArrays.stack(new NDList(image, image))).getShape())
        .isEqualTo(new Shape(2, 3, 1, 2));
  }

  @Test
  void imagesAreCroppedAndResized() {
    NDArray image = bytes(new Shape(2, 3, 1), 10, 20, 30, 40, 50, 60);
    assertThat(NDImageUtils.crop(image, 1, 0, 2, 2).toUint8Array()).containsExactly(20, 30, 50, 60);
    assertThatIllegalArgumentException().isThrownBy(() -> NDImageUtils.crop(image, 2, 0, 2, 2))
        .withMessage("the part is 2 x 2 at 2, 0: it must lie in 3 x 2");
    assertThat(NDImageUtils.resize(image, 6, 1, Interpolation.NEAREST).toUint8Array())
        .containsExactly(10, 10, 20, 20, 30, 30);
    assertThat(NDImageUtils.resize(image.toType(DataType.FLOAT32, false), 1, 1).toFloatArray())
        .containsExactly(new float[] {35}, within(1e-4f));
    NDArray row = manager.create(new float[] {0, 5, 20, 45, 80, 125, 180, 245}, new Shape(1, 8, 1));
    assertThat(NDImageUtils.resize(row, 4, 1).toFloatArray())
        .containsExactly(new float[] {5, 35, 105, 200}, within(1e-4f));
    assertThat(NDImageUtils.resize(image, 3, 4).toUint8Array())
        .containsExactly(10, 20, 30, 17, 27, 37, 32, 42, 52, 40, 50, 60);
  }

  @Test
  void whatIsNotComputedIsRefused() {
    NDArray image = bytes(new Shape(2, 3, 1), 10, 20, 30, 40, 50, 60);
    assertThatThrownBy(() -> NDImageUtils.resize(image, 6, 1, Interpolation.AREA))
        .isInstanceOf(UnsupportedOperationException.class).hasMessage("the arrays of Fixlane do not"
            + " compute resize: another engine that does must be there, as PyTorch");
    assertThatThrownBy(image::sort).isInstanceOf(UnsupportedOperationException.class);
    try (NDManager other = manager.newSubManager()) {
      image.attach(other);
      assertThatThrownBy(image::sort).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void arraysCopyWhatTheyAreMadeOf() {
    byte[] bytes = {1, 2};
    NDArray array =
        manager.create(java.nio.ByteBuffer.wrap(bytes), new Shape(2), DataType.INT8);
    bytes[0] = 7;
    assertThat(array.toByteArray()).containsExactly(1, 2);
    NDArray copy = array.duplicate();
    copy.set(new byte[] {5, 6});
    assertThat(array.toByteArray()).containsExactly(1, 2);
    assertThat(copy.toByteArray()).containsExactly(5, 6);
    assertThat(manager.zeros(new Shape(2)).toFloatArray()).containsExactly(0, 0);
    assertThat(array.toType(DataType.FLOAT32, false).toFloatArray()).containsExactly(1, 2);
    assertThat(array).hasToString(array.toDebugString());
  }
}
