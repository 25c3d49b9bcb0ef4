package io.fixlane.autograd.fixed;

import io.fixlane.autograd.RunningStatistics;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.network.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What puts fixed-point arithmetic into a network: conversion of float layers, the calibration of a
 * trained network without further training (PTQ), and the parameters to train.
 *
 * {@snippet class="io.fixlane.autograd.fixed.QfxExample" region="convert"}
 */
public final class Qfx {
  /** The name of the cast of a converted network's input. */
  public static final String INPUT = "input";

  private Qfx() {}

  /**
   * Returns the fixed-point twin of a network: a cast of its input, the layer {@value #INPUT}, and
   * the twin of each layer under its name. Weights and running statistics are copied. A ReLU
   * becomes a part of the layer before, if that has a cast of its own: {@link QfxOptions} says why.
   *
   * @param network float layers
   * @param options the formats
   * @throws IllegalArgumentException if a layer has no twin; the message names it
   */
  public static Sequential convert(TapeLayer network, QfxOptions options) {
    Conversion conversion = new Conversion(network, options);
    SequencedMap<String, TapeLayer> layers = new LinkedHashMap<>();
    layers.put(INPUT, new FixedCast(options.format(QfxOptions.Role.INPUT)));
    if (network instanceof Sequential sequential) {
      layers.putAll(conversion.twins("", sequential));
    } else {
      layers.put("layer", conversion.twin("layer", network));
    }
    return new Sequential(layers);
  }

  /**
   * Returns a network that evaluates as one does, but for rounding of floats, with each batch
   * normalisation a part of the convolution or dense layer directly before it: of its weights, and
   * of a bias. What is converted then has no words between a sum and its normalisation, no
   * multipliers of the latter, and nothing of it to settle. A norm after anything else stays, as
   * that of a binary convolution does. Layers in which nothing is folded are the network's own, not
   * copies.
   *
   * {@snippet class="io.fixlane.autograd.fixed.QfxExample" region="fold"}
   *
   * @param network float layers, trained: running statistics are what is folded
   */
  public static Sequential fold(Sequential network) {
    return NormFolding.of(network);
  }

  /**
   * Chooses I of every cast from the numbers that come to it while the network evaluates a batch,
   * layer after layer, so that each layer sees numbers that have been cast before it. Casts whose
   * format gives I keep it.
   *
   * @param network fixed-point layers
   * @param images a batch
   * @param rule how I is chosen
   * @throws io.fixlane.autograd.NonFiniteException if a number that comes to a cast is infinite or
   *     NaN, or so large that no I of the cast's range reaches it; the message names the cast and
   *     the number, and casts from that one on have no I yet
   */
  public static void calibrate(TapeLayer network, Tensor images, StartRule rule) {
    casts(network).forEach((path, cast) -> cast.restart(rule, path));
    network.forward(Tape.evaluating(Workers.SINGLE), images);
  }

  /**
   * Ends the learning of what makes few bits noisy, so that weights can be trained for what
   * evaluation computes: each I stays at the integer that it rounds to, and batch normalisations
   * take the mean and variance of a batch, which they use from now on in training too. One pass
   * takes them all, so that each layer's are those of what the layers before it then give. After
   * {@link #calibrate} it does the same for a network that is not trained further.
   *
   * <p>Running statistics are means over many roundings of the scales and shifts before; with few
   * bits these differ from the one rounding that evaluation has.
   *
   * <p>A checkpoint keeps that the network is settled: training that goes on from one does not
   * learn them on.
   *
   * @param network fixed-point layers
   * @param images a batch, of as many images as memory allows
   */
  public static void settle(TapeLayer network, Tensor images) {
    casts(network).values().forEach(FixedCast::freeze);
    List<RunningStatistics> statistics = new ArrayList<>();
    collect(network, statistics);
    statistics.forEach(RunningStatistics::restart);
    network.forward(Tape.training(Workers.SINGLE), images);
    statistics.forEach(RunningStatistics::freeze);
  }

  private static void collect(TapeLayer layer, List<RunningStatistics> statistics) {
    if (layer instanceof FixedBatchNorm2d norm) {
      statistics.add(norm.runningStatistics());
    }
    layer.layers().values().forEach(within -> collect(within, statistics));
  }

  /**
   * Returns the integer network that computes, word for word, what a network evaluates: with the
   * words of its weights, and with its running statistics as a scale and a shift of each channel.
   * Its input are words of the format of the network's first layer, a cast.
   *
   * {@snippet class="io.fixlane.autograd.fixed.DeployExample" region="deploy"}
   *
   * @param network fixed-point layers, of which the first is a {@link FixedCast}
   * @param sampleShape the dimensions of a sample, without that of the batch
   * @throws IllegalArgumentException if the first layer is no cast, a binary point is still to be
   *     chosen, or a layer cannot be deployed; the message names it
   */
  public static Network deploy(Sequential network, int... sampleShape) {
    return Deployment.of(network, sampleShape);
  }

  /** Returns all casts of a network, by path: what they hold now, and what is learned. */
  public static Map<String, FixedCast> casts(TapeLayer network) {
    Map<String, FixedCast> casts = new LinkedHashMap<>();
    collect("", network, casts);
    return casts;
  }

  private static void collect(String path, TapeLayer layer, Map<String, FixedCast> casts) {
    if (layer instanceof FixedCast cast) {
      casts.put(path, cast);
    }
    layer.layers().forEach((name, within) -> collect(
        path.isEmpty() ? name : path + "." + name, within, casts));
  }

  /** Returns the I that are learned, for a group of parameters with its own rate and range. */
  public static Map<String, Tensor> integerBits(TapeLayer network) {
    Map<String, Tensor> parameters = new LinkedHashMap<>(network.parameters());
    parameters.keySet().removeIf(path -> !isIntegerBits(path));
    return parameters;
  }

  /** Returns the W that are learned, for a group of parameters with its own rate. */
  public static Map<String, Tensor> widths(TapeLayer network) {
    Map<String, Tensor> parameters = new LinkedHashMap<>(network.parameters());
    parameters.keySet().removeIf(path -> !isWidth(path));
    return parameters;
  }

  /** Returns all parameters but the I and the W. */
  public static Map<String, Tensor> weights(TapeLayer network) {
    Map<String, Tensor> parameters = new LinkedHashMap<>(network.parameters());
    parameters.keySet().removeIf(path -> isIntegerBits(path) || isWidth(path));
    return parameters;
  }

  private static boolean isIntegerBits(String path) {
    return ("." + path).endsWith("." + FixedCast.INTEGER_BITS);
  }

  private static boolean isWidth(String path) {
    return ("." + path).endsWith("." + FixedCast.WIDTH);
  }
}
