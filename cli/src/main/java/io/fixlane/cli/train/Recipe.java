package io.fixlane.cli.train;

import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.StartRule;
import io.fixlane.autograd.train.TrainingPlan;
import io.fixlane.kernels.KHot;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is trained, and how.
 *
 * @param beginning the network in float
 * @param widths the W of its words
 * @param kHot what makes weights and scales K-hot; null to leave them
 * @param learnBinaryPoint whether I is learned, or stays as it was calibrated
 * @param byChannel whether the weights of each output channel have an I, and a W, of their own
 * @param budget the W everywhere that products may cost as much as, where widths are learned; null
 *     where they are not
 * @param foldNorms whether batch normalisations become part of the layers before
 * @param teacher the part of the targets in fixed point that the float network gives
 * @param plan epochs, batches, seed and threads of each training
 * @param rate the learning rate of the float training
 * @param decay how strongly weights are drawn to 0
 * @param checkpoint where checkpoints are, each name with an end of its own; null for none
 */
record Recipe(
    Beginning beginning,
    Widths widths,
    @Nullable KHot kHot,
    boolean learnBinaryPoint,
    boolean byChannel,
    @Nullable Double budget,
    boolean foldNorms,
    float teacher,
    TrainingPlan plan,
    float rate,
    float decay,
    @Nullable Path checkpoint) {
  /** How I is chosen before it is learned. */
  static final StartRule START = new StartRule.LeastSquares();

  static TrainingPlan plan(int epochs, int batch, long seed, int threads) {
    return TrainingPlan.ofEpochs(epochs).withBatchSize(batch).withSeed(seed).withThreads(threads);
  }

  /** Returns the formats with an I that is calibrated. */
  QfxOptions calibrated() {
    QfxOptions options = byChannel ? widths.options().withChannelPoints() : widths.options();
    return kHot == null ? options : options.withWeightKHot(kHot).withScaleKHot(kHot);
  }

  /** Returns the formats of the fixed-point training. */
  QfxOptions trained() {
    QfxOptions options = learnBinaryPoint ? calibrated().learnBinaryPoints() : calibrated();
    return budget == null ? options : options.learnWidths();
  }

  /** Returns the arithmetic in words. */
  String arithmetic() {
    return widths.text()
        + (kHot == null
            ? ""
            : ", " + kHot.k() + "-hot weights ("
                + kHot.rule().name().toLowerCase(Locale.ROOT) + ")")
        + (learnBinaryPoint ? ", binary points learned" : ", binary points calibrated")
        + (byChannel ? ", by channel of weights" : "")
        + (foldNorms ? ", norms folded" : "")
        + (budget == null ? "" : ", widths learned at the cost of " + budget + " bits");
  }

  /** Returns whether there is one of the trainings. */
  boolean has(Stage stage) {
    return stage == Stage.QFX || beginning instanceof Beginning.Random;
  }

  /** Returns the file of the checkpoints of one of the trainings; null for none. */
  @Nullable
  Path checkpoint(Stage stage) {
    return checkpoint == null || !has(stage) ? null : stage.checkpoint(checkpoint);
  }
}
