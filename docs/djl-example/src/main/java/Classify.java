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

/** Sorts a picture of a digit by a network of fixed-point words, through DJL. */
public final class Classify {
  public static void main(String[] args) throws Exception {
    Criteria<Image, Classifications> criteria = Criteria.builder()
        .setTypes(Image.class, Classifications.class)
        .optEngine("Fixlane")
        .optModelPath(Path.of(args[0]))
        .optTranslator(ImageClassificationTranslator.builder()
            .optFlag(Image.Flag.GRAYSCALE)
            .setImageSize(8, 8)
            .addTransform(new Resize(8, 8))
            .addTransform(new ToTensor())
            .optSynset(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"))
            .optApplySoftmax(true)
            .build())
        .build();
    try (ZooModel<Image, Classifications> model = criteria.loadModel();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      Image digit = ImageFactory.getInstance().fromFile(Path.of(args[1]));
      System.out.println(predictor.predict(digit).best());
    }
  }
}
