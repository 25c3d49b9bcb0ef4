package io.fixlane.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder as model zoos have them: a network, its classes, and what is to be done with images. */
class ServingTest {
  private static final String PROPERTIES = """
      engine=Fixlane
      translatorFactory=ai.djl.modality.cv.translator.ImageClassificationTranslatorFactory
      flag=GRAYSCALE
      width=8
      height=8
      resize=true
      applySoftmax=true
      topK=3
      option.modelName=digits
      option.layout=NCHW
      """;

  @TempDir
  private Path folder;

  @BeforeEach
  void writeModel() throws Exception {
    DigitNetwork.network().save(folder.resolve("digits.fxn"));
    Files.writeString(folder.resolve("serving.properties"), PROPERTIES);
    Files.write(folder.resolve("synset.txt"), DigitNetwork.NAMES);
  }

  private ZooModel<Image, Classifications> load() throws Exception {
    return Criteria.builder().setTypes(Image.class, Classifications.class)
        .optModelUrls(folder.toUri().toString()).build().loadModel();
  }

  private static int[] expected(int count) {
    Network network = DigitNetwork.network();
    float[] pixels = new float[count * 64];
    for (int i = 0; i < pixels.length; i++) {
      // Pixels pass through the bytes of an image.
      pixels[i] = Math.round(255 * DigitNetwork.DIGITS.images()[i]) / 255f;
    }
    return network.classify(
        FixedTensor.quantize(network.inputFormat(), pixels, count, 8, 8, 1));
  }

  @Test
  void isLoadedAndSortsImages() throws Exception {
    int[] expected = expected(200);
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < expected.length; i++) {
      images.add(ImageFactory.getInstance().fromImage(DigitNetwork.image(i, 1)));
    }
    int right = 0;
    try (ZooModel<Image, Classifications> model = load();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      assertThat(model.getNDManager().getEngine().getEngineName()).isEqualTo("Fixlane");
      List<Classifications> got = predictor.batchPredict(images);
      for (int i = 0; i < expected.length; i++) {
        assertThat(got.get(i).best().getClassName()).isEqualTo("digit " + expected[i]);
        assertThat(got.get(i).topK()).hasSize(3);
        assertThat(got.get(i).getProbabilities().stream().mapToDouble(p -> p).sum())
            .isBetween(0.999999, 1.000001);
        right += expected[i] == DigitNetwork.DIGITS.label(i) ? 1 : 0;
      }
    }
    assertThat(right).isGreaterThan(160);
  }

  /** Enlarged four times, and reduced again to the same pixels. */
  @Test
  void resizesImages() throws Exception {
    Files.writeString(folder.resolve("serving.properties"),
        PROPERTIES.replace("resize=true", "resize=8,8,NEAREST"));
    int[] expected = expected(50);
    try (ZooModel<Image, Classifications> model = load();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      for (int i = 0; i < expected.length; i++) {
        Image image = ImageFactory.getInstance().fromImage(DigitNetwork.image(i, 4));
        assertThat(predictor.predict(image).best().getClassName())
            .isEqualTo("digit " + expected[i]);
      }
    }
  }
}
