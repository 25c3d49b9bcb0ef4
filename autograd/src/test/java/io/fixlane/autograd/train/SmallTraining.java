package io.fixlane.autograd.train;

import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.Bias;
import io.fixlane.autograd.layers.FloatConv2d;
import io.fixlane.autograd.layers.GlobalAveragePool;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.ReLU;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.autograd.optim.Adam;
import io.fixlane.autograd.optim.Optimizer;
import io.fixlane.autograd.optim.ParameterGroup;
import io.fixlane.autograd.optim.Schedule;
import io.fixlane.shape.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A training of everything that has a state, 10 steps an epoch, for tests of the trainer. */
final class SmallTraining {
  static final DataSplit DATA = data();
  static final TrainingPlan PLAN = TrainingPlan.ofEpochs(3).withBatchSize(16).withSeed(5)
      .withSchedule(new Schedule.Cosine(0));

  /** All steps of the plan. */
  static final int STEPS = 30;

  final TapeLayer network;
  final Optimizer optimizer;

  /** Makes a network from a seed; a checkpoint then decides what becomes of it. */
  SmallTraining(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    network = new Sequential(
        new FloatConv2d(1, 4, Window.of(3, 3).withStride(2, 2), Bias.NONE, random),
        new BatchNorm2d(4),
        new ReLU(), new GlobalAveragePool(), new Linear(4, 10, random));
    optimizer = new Adam(ParameterGroup.of(network.parameters(), 0.02f).withWeightDecay(0.01f));
  }

  private static DataSplit data() {
    Dataset digits = Digits.read().first(200);
    return digits.split(0.8, 1);
  }

  Trainer trainer(TrainingPlan plan) {
    return new Trainer(network, optimizer, plan);
  }

  /** Returns a copy of all that was learned. */
  Map<String, float[]> weights() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    TrainingRun.weights(network).forEach((name, numbers) -> weights.put(name, numbers.clone()));
    return weights;
  }

  /** Returns what a training without interruption gives. */
  static Map<String, float[]> uninterrupted(TrainingPlan plan) throws Exception {
    SmallTraining training = new SmallTraining(1);
    training.trainer(plan).train(DATA);
    return training.weights();
  }

  /**
   * Trains with a checkpoint after every step; before it, prints a line and waits for a byte. The
   * arguments are the file and the start's seed.
   */
  public static void main(String[] arguments) throws Exception {
    new SmallTraining(Long.parseLong(arguments[1])).trainer(PLAN.withThreads(2))
        .checkpointTo(Path.of(arguments[0]), 1).reportTo(new TrainingListener() {
          @Override
          public void onStep(Progress progress) {
            System.out.println("step");
            try {
              System.in.read();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        }).train(DATA);
  }
}
