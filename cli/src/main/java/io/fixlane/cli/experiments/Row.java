package io.fixlane.cli.experiments;

import io.fixlane.autograd.fixed.GradientMode;
import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.models.Model;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.KHot;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is trained, but for the seed: a row of a table.
 *
 * @param model the network
 * @param method how it comes to its arithmetic
 * @param scope which words have W bits
 * @param bits W; 0 in float
 * @param start how the first I are chosen
 * @param pointRate the learning rate of I; 0 where it is not learned
 * @param gradient where casts pass gradients
 * @param kHot K of the scales of batch normalisations; 0 to multiply in full
 * @param rule how scales become K-hot; null to multiply in full
 * @param byChannel whether the weights of each output channel have an I of their own, and a W where
 *     widths are learned
 * @param budget the W everywhere that products may cost as much as: where it is less than W,
 *     widths are learned; where it is W, they stay, and all else is as where they are learned; 0
 *     outside that experiment
 * @param freezing whether an I that swings between two integers stops being learned
 * @param folded whether batch normalisations are a part of the products before them
 * @param taught whether the float network that it starts from takes the place of labels
 * @param wideScores whether the network's result has {@value Scope#OTHERS} bits, whatever W is
 */
record Row(
    Model model,
    Method method,
    Scope scope,
    int bits,
    Start start,
    double pointRate,
    GradientMode gradient,
    int kHot,
    @Nullable KHotRule rule,
    boolean byChannel,
    double budget,
    boolean freezing,
    boolean folded,
    boolean taught,
    boolean wideScores) {
  /** The learning rate of I, where it is not what is asked about. */
  static final double POINT_RATE = 0.01;

  /** Makes a row in float. */
  static Row inFloat(Model model, Method method) {
    return new Row(model, method, Scope.NONE, 0, Start.LEAST_SQUARES, 0, GradientMode.CLIPPED, 0,
        null, false, 0, false, false, false, false);
  }

  /** Makes a row in fixed point. */
  static Row fixed(Model model, Method method, Scope scope, int bits) {
    return new Row(model, method, scope, bits, Start.LEAST_SQUARES,
        method == Method.LEARNED ? POINT_RATE : 0, GradientMode.CLIPPED, 0, null, false, 0, false,
        false, false, false);
  }

  Row withStart(Start other) {
    return new Row(
        model, method, scope, bits, other, pointRate, gradient, kHot, rule, byChannel, budget,
        freezing, folded, taught, wideScores);
  }

  Row withPointRate(double rate) {
    return new Row(
        model, method, scope, bits, start, rate, gradient, kHot, rule, byChannel, budget,
        freezing, folded, taught, wideScores);
  }

  Row withGradient(GradientMode mode) {
    return new Row(
        model, method, scope, bits, start, pointRate, mode, kHot, rule, byChannel, budget,
        freezing, folded, taught, wideScores);
  }

  Row withKHot(int k, KHotRule encoding) {
    return new Row(
        model, method, scope, bits, start, pointRate, gradient, k, encoding, byChannel, budget,
        freezing, folded, taught, wideScores);
  }

  Row withChannelPoints() {
    return new Row(
        model, method, scope, bits, start, pointRate, gradient, kHot, rule, true, budget, freezing,
        folded, taught, wideScores);
  }

  Row withBudget(double width) {
    return new Row(
        model, method, scope, bits, start, pointRate, gradient, kHot, rule, byChannel, width,
        freezing, folded, taught, wideScores);
  }

  Row withFreezing() {
    return new Row(
        model, method, scope, bits, start, pointRate, gradient, kHot, rule, byChannel, budget,
        true, folded, taught, wideScores);
  }

  Row withFoldedNorms() {
    return new Row(
        model, method, scope, bits, start, pointRate, gradient, kHot, rule, byChannel, budget,
        freezing, true, taught, wideScores);
  }

  Row withTeacher() {
    return new Row(
        model, method, scope, bits, start, pointRate, gradient, kHot, rule, byChannel, budget,
        freezing, folded, true, wideScores);
  }

  Row withWideScores() {
    return new Row(
        model, method, scope, bits, start, pointRate, gradient, kHot, rule, byChannel, budget,
        freezing, folded, taught, true);
  }

  /** Returns whether it has the training of learned widths, which may be longer. */
  boolean isOfWidths() {
    return budget > 0;
  }

  /** Returns whether widths are learned. */
  boolean learnsWidths() {
    return budget > 0 && budget < bits;
  }

  /** Returns the W everywhere that its products cost as much as; 0 in float. */
  double costBits() {
    return budget > 0 ? budget : bits;
  }

  /** Returns a name that no other row has, for files. */
  String key() {
    String key = model + "-" + method;
    if (scope != Scope.NONE) {
      key += "-" + scope + "-" + bits;
    }
    if (method.isQfx()) {
      key += "-" + start;
    }
    if (method == Method.LEARNED) {
      key += "-" + pointRate;
    }
    if (gradient != GradientMode.CLIPPED) {
      key += "-" + gradient;
    }
    if (byChannel) {
      key += "-channels";
    }
    if (budget > 0) {
      key += "-budget-" + budget;
    }
    if (freezing) {
      key += "-freezing";
    }
    if (folded) {
      key += "-folded";
    }
    if (taught) {
      key += "-taught";
    }
    if (wideScores) {
      key += "-scores";
    }
    return (kHot == 0 ? key : key + "-" + kHot + "hot-" + rule).toLowerCase(Locale.ROOT);
  }

  /** Returns the formats of the network, but for I where one holds for all of them. */
  QfxOptions options() {
    QfxOptions words = QfxOptions.bits(scope == Scope.ELEMENT_WISE ? Scope.OTHERS : bits);
    if (scope == Scope.ELEMENT_WISE) {
      words = words.withElement(QfxOptions.bits(bits).element());
    }
    words = wideScores ? words.withScores(QfxOptions.bits(Scope.OTHERS).scores()) : words;
    words = words.withGradient(gradient);
    if (method == Method.LEARNED) {
      words = words.learnBinaryPoints();
    }
    words = byChannel ? words.withChannelPoints() : words;
    words = learnsWidths() ? words.learnWidths() : words;
    return rule == null ? words : words.withScaleKHot(KHot.of(kHot, rule));
  }

  /** Returns how it comes to its arithmetic, in words. */
  String way() {
    return method.title()
        + (method == Method.LEARNED && start == Start.BY_HAND ? ", from the type by hand" : "")
        + (folded ? ", norms folded" : "")
        + (byChannel ? ", I by channel" : "")
        + (taught ? ", a teacher" : "")
        + (wideScores ? ", scores of " + Scope.OTHERS + " bits" : "")
        + (learnsWidths() ? ", W learned at the cost of " + budget : "")
        + (isOfWidths() && !learnsWidths() ? ", trained as long as learned W" : "");
  }

  /** Returns what it is in words. */
  String title() {
    return name(model) + ", " + way()
        + (bits == 0 ? "" : ", W = " + bits + ", " + scope.title())
        + (kHot == 0 ? "" : ", " + kHot + "-hot " + rule);
  }

  /** Returns a network's name. */
  static String name(Model model) {
    return switch (model) {
      case MLP -> "MLP";
      case CNN -> "CNN";
      case RESNET8 -> "ResNet-8";
      case BNN -> "binarised network";
      case VGG -> "VGG";
      case BINARY_VGG -> "binarised VGG";
    };
  }
}
