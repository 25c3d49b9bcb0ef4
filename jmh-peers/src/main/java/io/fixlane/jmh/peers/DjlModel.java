package io.fixlane.jmh.peers;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.fixlane.jmh.peers.library.QdqExport;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The residual network as a model of one of DJL's engines, with images, channels first. */
final class DjlModel implements AutoCloseable {
  private static final int IMAGE =
      ResidualNetwork.CHANNELS * ResidualNetwork.SIDE * ResidualNetwork.SIDE;

  private final int batch;
  private final Network network = ResidualNetwork.make();
  private final float[] images;
  private final Path folder;
  private final ZooModel<float[], float[]> model;

  /** Loads the model, to compute on the thread that asks. */
  DjlModel(DjlPeers.Library library, int batch) {
    this.batch = batch;
    this.images = new float[batch * IMAGE];
    Random random = new Random(2);
    for (int i = 0; i < images.length; i++) {
      images[i] = random.nextFloat();
    }
    try {
      folder = Files.createTempDirectory("djl-peers");
      Path file = switch (library) {
        case FIXLANE -> {
          network.save(folder.resolve("model.fxn"));
          yield folder.resolve("model.fxn");
        }
        case ONNXRUNTIME -> Files.write(
            folder.resolve("model.onnx"), QdqExport.of(network, batch));
      };
      model = Criteria.builder().setTypes(float[].class, float[].class)
          .optEngine(library.engine).optModelPath(file).optTranslator(new Numbers(batch))
          .optOption("intraOpNumThreads", "1").optOption("interOpNumThreads", "1")
          .build().loadModel();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ModelException e) {
      throw new IllegalStateException(library + " does not take the model", e);
    }
  }

  Predictor<float[], float[]> predictor() {
    return model.newPredictor();
  }

  float[] images() {
    return images;
  }

  /** Compares the values of the words with the network's. */
  Verdict check() {
    float[] last = new float[images.length];
    int pixels = IMAGE / ResidualNetwork.CHANNELS;
    for (int i = 0; i < images.length; i++) {
      int inside = i % IMAGE;
      last[i - inside + inside % pixels * ResidualNetwork.CHANNELS + inside / pixels] = images[i];
    }
    FixedTensor words = network.run(FixedTensor.quantize(network.inputFormat(), last, batch,
        ResidualNetwork.SIDE, ResidualNetwork.SIDE, ResidualNetwork.CHANNELS));
    try (Predictor<float[], float[]> predictor = predictor()) {
      return Verdict.of(words.dequantize(new float[Math.toIntExact(words.size())]),
          predictor.predict(images));
    } catch (TranslateException e) {
      throw new IllegalStateException("the model does not run", e);
    }
  }

  @Override
  public void close() {
    model.close();
    try {
      Files.deleteIfExists(folder.resolve("model.fxn"));
      Files.deleteIfExists(folder.resolve("model.onnx"));
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A batch as an array of floats. */
  private record Numbers(int batch) implements Translator<float[], float[]> {
    @Override
    public Batchifier getBatchifier() {
      return null;
    }

    @Override
    public NDList processInput(TranslatorContext context, float[] images) {
      return new NDList(context.getNDManager().create(images,
          new Shape(batch, ResidualNetwork.CHANNELS, ResidualNetwork.SIDE, ResidualNetwork.SIDE)));
    }

    @Override
    public float[] processOutput(TranslatorContext context, NDList list) {
      return list.singletonOrThrow().toFloatArray();
    }
  }
}
