package io.fixlane.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.models.Model;
import io.fixlane.network.Network;
import java.io.IOException;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The example in the documentation of {@link FixlaneModel}. */
class FixlaneModelExample {
  @Test
  void transform() throws IOException {
    try (SparkSession session = Sessions.local(2)) {
      Network network = DigitRows.network(Model.MLP);
      Dataset<Row> images = DigitRows.vectors(session, 10, 2);
      // @start region="transform"
      FixlaneModel model = FixlaneModel.of(network).setInputCol("features").setWordsCol("words");
      PipelineModel pipeline =
          new Pipeline().setStages(new PipelineStage[] {model}).fit(images);
      Dataset<Row> classified = pipeline.transform(images);
      // @end
      assertThat(classified.columns())
          .containsExactly("number", "features", "words", "rawPrediction", "prediction");
      assertThat(classified.count()).isEqualTo(10);
    }
  }
}
