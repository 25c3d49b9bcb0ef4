package io.fixlane.jmh.peers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image.Interpolation;
import ai.djl.modality.cv.util.NDImageUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import io.fixlane.jmh.peers.library.Torch;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our engine of DJL beside PyTorch's. */
class DjlArraysTest {
  private final NDManager theirs = Torch.manager();
  private final NDManager ours = Engine.getEngine("Fixlane").newBaseManager();

  @TempDir
  private Path folder;

  @AfterEach
  void close() {
    theirs.close();
    ours.close();
  }

  private static float[] pixels() {
    Random random = new Random(3);
    float[] pixels = new float[ResidualNetwork.SIDE * ResidualNetwork.SIDE
        * ResidualNetwork.CHANNELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    return pixels;
  }

  @Test
  void takesArraysOfPyTorchAndGivesThem() throws Exception {
    Network network = ResidualNetwork.make();
    Path file = folder.resolve("network.fxn");
    network.save(file);
    FixedTensor words = network.run(FixedTensor.quantize(network.inputFormat(), pixels(), 1,
        ResidualNetwork.SIDE, ResidualNetwork.SIDE, ResidualNetwork.CHANNELS));
    try (ZooModel<NDList, NDList> model = Criteria.builder().setTypes(NDList.class, NDList.class)
        .optEngine("Fixlane").optModelPath(file).build().loadModel();
        Predictor<NDList, NDList> predictor = model.newPredictor()) {
      NDArray images = theirs.create(pixels(),
          new Shape(1, ResidualNetwork.SIDE, ResidualNetwork.SIDE, ResidualNetwork.CHANNELS));
      NDArray result = predictor.predict(new NDList(images.transpose(0, 3, 1, 2)))
          .singletonOrThrow();
      assertThat(result.getManager().getEngine().getEngineName()).isEqualTo("PyTorch");
      assertThat(result.toFloatArray()).containsExactly(words.dequantize(new float[10]));
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "5, 3", "31, 7", "16, 40"})
  void resizesAsPyTorchDoes(int width, int height) {
    byte[] pixels = new byte[16 * 20 * 3];
    new Random(4).nextBytes(pixels);
    for (Interpolation mode : new Interpolation[] {Interpolation.NEAREST, Interpolation.BILINEAR}) {
      int[] got = resized(ours, pixels, width, height, mode);
      int[] expected = resized(theirs, pixels, width, height, mode);
      assertThat(got).as(mode.name()).hasSameSizeAs(expected);
      for (int i = 0; i < got.length; i++) {
        // Both mix in floats, in another order, and drop the fraction.
        assertThat(Math.abs(got[i] - expected[i]))
            .isLessThanOrEqualTo(mode == Interpolation.NEAREST ? 0 : 1);
      }
    }
  }

  private static int[] resized(
      NDManager manager, byte[] pixels, int width, int height, Interpolation mode) {
    NDArray image =
        manager.create(ByteBuffer.wrap(pixels), new Shape(16, 20, 3), DataType.UINT8);
    return NDImageUtils.resize(image, width, height, mode).toUint8Array();
  }

  /** What our arrays do not compute, PyTorch's do. */
  @Test
  void leavesTheRestToPyTorch() {
    NDArray array = ours.create(new float[] {3, 1, 2});
    assertThat(array.sort().toFloatArray()).containsExactly(1, 2, 3);
    NDArray image = ours.create(
        ByteBuffer.wrap(new byte[] {0, 100, 0, 100}), new Shape(2, 2, 1), DataType.UINT8);
    assertThat(NDImageUtils.resize(image, 1, 1, Interpolation.AREA).toUint8Array())
        .containsExactly(50);
  }
}
