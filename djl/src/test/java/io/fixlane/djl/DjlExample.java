package io.fixlane.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.transform.Resize;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.modality.cv.translator.ImageClassificationTranslator;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the documentation: a network that sorts images, by DJL's own classes. */
class DjlExample {
  @TempDir
  private Path folder;

  @Test
  void classify() throws Exception {
    Path network = folder.resolve("network.fxn");
    DigitNetwork.network().save(network);
    Path picture = folder.resolve("digit.png");
    ImageIO.write(DigitNetwork.image(7, 4), "png", picture.toFile());
    List<String> names = DigitNetwork.NAMES;
    // @start region="classify"
    Criteria<Image, Classifications> criteria = Criteria.builder()
        .setTypes(Image.class, Classifications.class)
        .optEngine(FixlaneEngine.NAME)
        .optModelPath(network)
        .optTranslator(ImageClassificationTranslator.builder()
            .optFlag(Image.Flag.GRAYSCALE)
            .setImageSize(8, 8)
            .addTransform(new Resize(8, 8))
            .addTransform(new ToTensor())
            .optSynset(names)
            .optApplySoftmax(true)
            .build())
        .build();
    try (ZooModel<Image, Classifications> model = criteria.loadModel();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      Image image = ImageFactory.getInstance().fromFile(picture);
      Classifications classes = predictor.predict(image);
      assertThat(classes.best().getClassName()).isEqualTo("digit 7");
    }
    // @end
  }
}
