package io.fixlane.cli.train;

import io.fixlane.autograd.NonFiniteException;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.data.Batches;
import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.fixed.BitCost;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.fixed.StartRule;
import io.fixlane.autograd.fixed.WidthBudget;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.autograd.models.Model;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.train.CheckpointException;
import io.fixlane.autograd.train.DivergedException;
import io.fixlane.autograd.train.Score;
import io.fixlane.autograd.train.Trainer;
import io.fixlane.autograd.train.TrainingListener;
import io.fixlane.cli.console.OutputFile;
import io.fixlane.cli.console.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A network on its way into fixed point: trained in float or read, calibrated (PTQ), and trained on
 * in fixed point (QFX).
 */
final class Training {
  private static final int CALIBRATION_IMAGES = 512;
  /** Steps between checkpoints, besides those at the ends of epochs. */
  private static final int CHECKPOINT_EVERY = 200;
  private static final float INTEGER_BITS_RATE = 0.01f;
  /** A checkpoint has each weight, and the two moments that Adam remembers. */
  private static final long NUMBERS_OF_WEIGHT = 3;

  private static final SequencedMap<String, StartRule> CALIBRATIONS = new LinkedHashMap<>();

  static {
    CALIBRATIONS.put("largest value", new StartRule.Maximum());
    CALIBRATIONS.put("99.9 % of values", new StartRule.Percentile(99.9));
    CALIBRATIONS.put("least squares", new StartRule.LeastSquares());
  }

  private final Recipe recipe;
  private final DataSplit data;
  private final List<OutputFile> outputs;
  private final PrintWriter err;

  /**
   * Makes the training.
   *
   * @param outputs the files that will hold the weights, for which there must be room
   * @param err where progress is told
   */
  Training(Recipe recipe, DataSplit data, List<OutputFile> outputs, PrintWriter err) {
    this.recipe = recipe;
    this.data = data;
    this.outputs = outputs;
    this.err = err;
  }

  /**
   * What it came to.
   *
   * @param floats the score of the float network
   * @param calibrated that of the calibrated ones, by the name of the rule
   * @param trained that of the network that was trained in fixed point
   * @param network that network
   */
  record Outcome(
      Score floats, SequencedMap<String, Score> calibrated, Score trained, Sequential network) {}

  /**
   * Trains, from checkpoints on where there are some.
   *
   * @throws UserError if training diverges, a checkpoint cannot be read or written, or there is no
   *     room for what will be written
   */
  Outcome run() {
    Sequential floats = build();
    long numbers = floats.parameters().values().stream().mapToLong(Tensor::size).sum();
    outputs.forEach(output -> output.requireSpace(NUMBERS_OF_WEIGHT * Float.BYTES * numbers));
    String start = Long.toHexString(floats.checksum());
    Score floatScore = recipe.has(Stage.FLOAT) ? trainInFloat(floats) : score(floats);
    Sequential source = recipe.foldNorms() ? Qfx.fold(floats) : floats;
    SequencedMap<String, Score> calibrated = calibrate(source);
    Sequential fixed = Qfx.convert(source, recipe.trained());
    calibrate(fixed, Recipe.START);
    Trainer trainer = new Trainer(fixed, adamFor(fixed), recipe.plan())
        .withSetting("arithmetic", recipe.arithmetic());
    if (recipe.teacher() > 0) {
      trainer.withTeacher(floats, recipe.teacher());
    }
    if (!recipe.has(Stage.FLOAT)) {
      trainer.withSetting("weights of the model", start);
    }
    Score trained = train(Stage.QFX, trainer, settling(fixed, trainer));
    return new Outcome(floatScore, calibrated, trained, fixed);
  }

  /** Returns what ends the learning of widths within their budget, where they are learned. */
  private TrainingListener settling(Sequential fixed, Trainer trainer) {
    Double width = recipe.budget();
    if (width == null) {
      return new TrainingListener() {};
    }
    BitCost cost = BitCost.of(fixed, data.train().imageShape());
    WidthBudget budget;
    try {
      budget = new WidthBudget(fixed, cost, cost.uniform(width));
    } catch (IllegalArgumentException e) {
      throw new UserError("--budget is " + width + ": " + e.getMessage(), e);
    }
    return widthLearning().hold(budget, trainer, this::calibrationImages);
  }

  private WidthLearning widthLearning() {
    return new WidthLearning(recipe.plan(), data.train().size(), recipe.widths().widest());
  }

  private Score trainInFloat(Sequential floats) {
    Adam adam = new Adam(ParameterGroup
        .of(floats.parameters(), recipe.rate()).withWeightDecay(recipe.decay()));
    return train(Stage.FLOAT, new Trainer(floats, adam, recipe.plan()),
        new TrainingListener() {});
  }

  private Score score(Sequential floats) {
    try (Workers workers = Workers.of(recipe.plan().threads())) {
      return Score.of(floats, data.test(), recipe.plan().batchSize(), workers);
    }
  }

  private Sequential build() {
    return switch (recipe.beginning()) {
      case Beginning.Random random -> build(random.model());
      case Beginning.Onnx onnx -> OnnxNetwork.read(onnx.file(), data.train(), recipe.widths());
    };
  }

  private Sequential build(Model model) {
    try {
      return model.build(data.train().imageShape(), data.train().classes(),
          recipe.plan().seed());
    } catch (IllegalArgumentException e) {
      throw new UserError("--data has images that --model cannot take: " + e.getMessage(), e);
    }
  }

  private Adam adamFor(Sequential fixed) {
    ParameterGroup weights =
        ParameterGroup.of(Qfx.weights(fixed), StepOptions.fineTuning(recipe.rate()))
            .withWeightDecay(recipe.decay());
    List<ParameterGroup> groups = new ArrayList<>(List.of(weights));
    Map<String, Tensor> integerBits = Qfx.integerBits(fixed);
    if (!integerBits.isEmpty()) {
      groups.add(ParameterGroup.of(integerBits, INTEGER_BITS_RATE));
    }
    if (!Qfx.widths(fixed).isEmpty()) {
      groups.add(widthLearning().group(fixed));
    }
    return new Adam(groups.toArray(ParameterGroup[]::new));
  }

  private Score train(Stage stage, Trainer trainer, TrainingListener also) {
    Path checkpoint = recipe.checkpoint(stage);
    if (checkpoint != null) {
      trainer.checkpointTo(checkpoint, CHECKPOINT_EVERY);
      if (Files.exists(checkpoint)) {
        err.println(stage + ": goes on from " + checkpoint);
      }
    }
    try (TrainingProgress progress = TrainingProgress.of(stage, err)) {
      return trainer.reportTo(progress.and(also)).train(data).best().test();
    } catch (DivergedException e) {
      throw new UserError(stage + ": " + e.getMessage() + "; a --rate smaller than "
          + recipe.rate() + " may help", e);
    } catch (CheckpointException e) {
      throw new UserError("--checkpoint: " + e.getMessage()
          + "; delete the file to begin anew, or name another one", e);
    } catch (IOException e) {
      throw new UserError("--checkpoint: " + checkpoint + " cannot be written: " + e.getMessage(),
          e);
    }
  }

  private SequencedMap<String, Score> calibrate(TapeLayer floats) {
    SequencedMap<String, Score> scores = new LinkedHashMap<>();
    try (Workers workers = Workers.of(recipe.plan().threads())) {
      CALIBRATIONS.forEach((name, rule) -> {
        Sequential fixed = Qfx.convert(floats, recipe.calibrated());
        calibrate(fixed, rule);
        scores.put(name, Score.of(fixed, data.test(), recipe.plan().batchSize(), workers));
      });
    }
    return scores;
  }

  private void calibrate(Sequential fixed, StartRule rule) {
    try {
      Qfx.calibrate(fixed, calibrationImages(), rule);
    } catch (NonFiniteException e) {
      throw new UserError("the float network cannot be cast: " + e.getMessage()
          + "; a --rate smaller than " + recipe.rate() + " may help", e);
    }
  }

  /** Returns the first images to train with: testing is for images that nothing was chosen by. */
  private Tensor calibrationImages() {
    return Batches.inOrder(data.train(), CALIBRATION_IMAGES).get(0).images();
  }
}
