package io.fixlane.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import ai.djl.util.passthrough.PassthroughNDArray;
import ai.djl.util.passthrough.PassthroughNDManager;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What predictors give is what the network gives, word for word. */
class PredictionTest {
  private static final Shape NHWC = new Shape(2, 5, 6, 3);
  private static final Shape NCHW = new Shape(2, 3, 5, 6);

  @TempDir
  private Path folder;

  private final Network network = RandomNetwork.images(4);
  private final float[] numbers = RandomNetwork.numbers(5, 180);

  private ZooModel<NDList, NDList> model(Network of, String... layout) throws Exception {
    Path file = folder.resolve("network.fxn");
    of.save(file);
    Criteria.Builder<NDList, NDList> builder = Criteria.builder()
        .setTypes(NDList.class, NDList.class).optEngine("Fixlane").optModelPath(file);
    for (String name : layout) {
      builder.optOption("layout", name);
    }
    return builder.build().loadModel();
  }

  /** The values of the words that the network gives. */
  private static float[] values(Network network, float[] numbers, int... shape) {
    FixedTensor words =
        network.run(FixedTensor.quantize(network.inputFormat(), numbers, shape));
    return words.dequantize(new float[Math.toIntExact(words.size())]);
  }

  /** Images of rows x columns x channels as channels x rows x columns, one number at a time. */
  private static float[] channelsFirst(float[] values, int count, int h, int w, int c) {
    float[] turned = new float[values.length];
    for (int n = 0; n < count; n++) {
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          for (int k = 0; k < c; k++) {
            turned[((n * c + k) * h + y) * w + x] = values[((n * h + y) * w + x) * c + k];
          }
        }
      }
    }
    return turned;
  }

  @Test
  void imagesOfEitherLayoutGiveTheNetworksWords() throws Exception {
    float[] expected = values(network, numbers, 2, 5, 6, 3);
    try (ZooModel<NDList, NDList> model = model(network);
        Predictor<NDList, NDList> predictor = model.newPredictor()) {
      NDManager manager = model.getNDManager();
      NDArray last = predictor.predict(new NDList(manager.create(numbers, NHWC)))
          .singletonOrThrow();
      assertThat(last.getShape()).isEqualTo(new Shape(2, 5, 6, 2));
      assertThat(last.toFloatArray()).containsExactly(expected);
      NDArray first = predictor.predict(new NDList(
          manager.create(channelsFirst(numbers, 2, 5, 6, 3), NCHW))).singletonOrThrow();
      assertThat(first.getShape()).isEqualTo(new Shape(2, 2, 5, 6));
      assertThat(first.toFloatArray()).containsExactly(channelsFirst(expected, 2, 5, 6, 2));
      assertThat(model.getBlock().getOutputShapes(new Shape[] {NCHW}))
          .containsExactly(first.getShape());
    }
  }

  @Test
  void theOptionSaysHowCubesLie() throws Exception {
    Network cubes = RandomNetwork.images(6, 3, 3, 3);
    float[] cube = RandomNetwork.numbers(7, 27);
    Shape shape = new Shape(1, 3, 3, 3);
    try (ZooModel<NDList, NDList> model = model(cubes);
        Predictor<NDList, NDList> predictor = model.newPredictor()) {
      assertThatThrownBy(
          () -> predictor.predict(new NDList(model.getNDManager().create(cube, shape))))
          .isInstanceOf(TranslateException.class).hasRootCauseMessage("the input has the shape"
              + " (1, 3, 3, 3), which is NCHW as well as NHWC: the option layout must say which"
              + " it is");
    }
    float[] expected = values(cubes, cube, 1, 3, 3, 3);
    try (ZooModel<NDList, NDList> model = model(cubes, "NHWC");
        Predictor<NDList, NDList> predictor = model.newPredictor()) {
      assertThat(predictor.predict(new NDList(model.getNDManager().create(cube, shape)))
          .singletonOrThrow().toFloatArray()).containsExactly(expected);
    }
    try (ZooModel<NDList, NDList> model = model(cubes, "nchw");
        Predictor<NDList, NDList> predictor = model.newPredictor()) {
      assertThat(model.describeInput().get(0).getValue()).isEqualTo(new Shape(-1, 3, 3, 3));
      assertThat(model.describeOutput().get(0).getValue()).isEqualTo(new Shape(-1, 2, 3, 3));
      assertThat(predictor.predict(new NDList(
          model.getNDManager().create(channelsFirst(cube, 1, 3, 3, 3), shape)))
          .singletonOrThrow().toFloatArray())
          .containsExactly(channelsFirst(expected, 1, 3, 3, 2));
    }
  }

  @Test
  void otherShapesAndNumbersAreRefused() throws Exception {
    try (ZooModel<NDList, NDList> model = model(network);
        Predictor<NDList, NDList> predictor = model.newPredictor()) {
      NDManager manager = model.getNDManager();
      assertThatThrownBy(
          () -> predictor.predict(new NDList(manager.create(numbers, new Shape(2, 90)))))
          .isInstanceOf(TranslateException.class).hasRootCauseMessage("the input has the shape"
              + " (2, 90): it must be (-1, 5, 6, 3) or (-1, 3, 5, 6)");
      assertThatThrownBy(
          () -> predictor.predict(new NDList(manager.create(new float[90], new Shape(5, 6, 3)))))
          .hasRootCauseMessage("the input has the shape (5, 6, 3): it must be (-1, 5, 6, 3) or"
              + " (-1, 3, 5, 6)");
      NDArray array = manager.create(numbers, NHWC);
      assertThatThrownBy(() -> predictor.predict(new NDList(array, array)))
          .hasRootCauseMessage("there are 2 inputs: the network takes one");
      assertThatThrownBy(() -> predictor.predict(new NDList(
          manager.create(new long[180], NHWC)))).hasRootCauseMessage("the array has elements of"
              + " int64: they must be floats of 32 or 64 bits, or integers of at most 32 bits");
      float[] unknown = numbers.clone();
      unknown[3] = Float.NaN;
      assertThatThrownBy(() -> predictor.predict(new NDList(manager.create(unknown, NHWC))))
          .isInstanceOf(TranslateException.class)
          .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Whole numbers in the range of all types, so that each holds them. */
  @ParameterizedTest
  @EnumSource(names = {"UINT8", "INT8", "INT16", "UINT16", "INT32", "UINT32", "FLOAT64"})
  void numbersOfOtherTypesAreCastToo(DataType type) throws Exception {
    float[] whole = new float[180];
    ByteBuffer data = ByteBuffer.allocate(180 * type.getNumOfBytes())
        .order(java.nio.ByteOrder.nativeOrder());
    for (int i = 0; i < whole.length; i++) {
      whole[i] = i % 6 - (type.name().startsWith("U") ? 0 : 2);
      int word = (int) whole[i];
      switch (type.getNumOfBytes()) {
        case 1 -> data.put((byte) word);
        case 2 -> data.putShort((short) word);
        case 4 -> data.putInt(word);
        default -> data.putDouble(word);
      }
    }
    try (ZooModel<NDList, NDList> model = model(network);
        Predictor<NDList, NDList> predictor = model.newPredictor()) {
      NDManager manager = model.getNDManager();
      assertThat(predictor.predict(new NDList(manager.create(data.rewind(), NHWC, type)))
          .singletonOrThrow().toFloatArray())
          .containsExactly(values(network, whole, 2, 5, 6, 3));
      NDArray first = manager.create(channelsFirst(whole, 2, 5, 6, 3), NCHW).toType(type, true);
      assertThat(predictor.predict(new NDList(first)).singletonOrThrow().toFloatArray())
          .containsExactly(
              channelsFirst(values(network, whole, 2, 5, 6, 3), 2, 5, 6, 2));
    }
  }

  @Test
  void arraysOfOtherManagersAndWordsPassToo() throws Exception {
    float[] expected = values(network, numbers, 2, 5, 6, 3);
    try (ZooModel<NDList, NDList> model = model(network)) {
      NDList passed = model.getBlock().forward(null, new NDList(PassthroughNDManager.INSTANCE
          .create(FloatBuffer.wrap(numbers), NHWC, DataType.FLOAT32)), false);
      assertThat(passed.singletonOrThrow()).isInstanceOf(PassthroughNDArray.class);
      assertThat(passed.singletonOrThrow().toFloatArray()).containsExactly(expected);

      NDArray bigEndian = new PassthroughNDArray(PassthroughNDManager.INSTANCE,
          bigEndian(numbers), NHWC, DataType.FLOAT32);
      assertThat(model.getBlock().forward(null, new NDList(bigEndian), false)
          .singletonOrThrow().toFloatArray()).containsExactly(expected);

      FixedTensor words = FixedTensor.quantize(network.inputFormat(), numbers, 2, 5, 6, 3);
      PassthroughNDArray result = (PassthroughNDArray) model.getBlock()
          .forward(null, new NDList(new PassthroughNDArray(words)), false).singletonOrThrow();
      assertThat(((FixedTensor) result.getObject()).contentEquals(network.run(words))).isTrue();
    }
  }

  private static ByteBuffer bigEndian(float[] numbers) {
    ByteBuffer data = ByteBuffer.allocate(numbers.length * Float.BYTES);
    data.asFloatBuffer().put(numbers);
    return data;
  }

  /** Samples as arrays, which DJL stacks. */
  private record Features() implements Translator<float[], float[]> {
    @Override
    public Batchifier getBatchifier() {
      return Batchifier.STACK;
    }

    @Override
    public NDList processInput(TranslatorContext context, float[] sample) {
      return new NDList(context.getNDManager().create(sample));
    }

    @Override
    public float[] processOutput(TranslatorContext context, NDList list) {
      return list.singletonOrThrow().toFloatArray();
    }
  }

  private static List<float[]> samples(int seed, int count) {
    List<float[]> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(RandomNetwork.numbers(seed * 1000L + i, 7));
    }
    return samples;
  }

  private static void assertResults(Network features, List<float[]> samples, List<float[]> got) {
    assertThat(got).hasSameSizeAs(samples);
    for (int i = 0; i < samples.size(); i++) {
      assertThat(got.get(i)).containsExactly(values(features, samples.get(i), 1, 7));
    }
  }

  /** Also threads that share one model: each has a predictor of its own. */
  @Test
  void batchesOnSeveralThreadsGiveTheSameWords() throws Exception {
    Network features = RandomNetwork.features(8);
    try (ZooModel<NDList, NDList> model = model(features);
        ExecutorService executor = Executors.newFixedThreadPool(4)) {
      List<Future<?>> threads = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int seed = thread;
        threads.add(executor.submit(() -> predict(model, features, seed)));
      }
      for (Future<?> thread : threads) {
        thread.get();
      }
      assertThat(model.getNDManager().getManagedArrays()).isEmpty();
    }
  }

  private static Void predict(ZooModel<NDList, NDList> model, Network features, int seed)
      throws TranslateException, IOException {
    try (Predictor<float[], float[]> predictor = model.newPredictor(new Features())) {
      for (int batch = 1; batch <= 50; batch++) {
        List<float[]> samples = samples(seed * 50 + batch, batch % 5 + 1);
        assertResults(features, samples, predictor.batchPredict(samples));
      }
    }
    return null;
  }
}
