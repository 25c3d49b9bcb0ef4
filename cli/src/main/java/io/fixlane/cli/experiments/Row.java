package io.fixlane.cli.experiments;

import io.fixlane.autograd.fixed.GradientMode;
import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.QfxOptions.Role;
import io.fixlane.autograd.models.Model;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.KHot;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
 * @param budget the W everywhere that products may cost as much as: where it is less than W,
 *     widths are learned, or come down to it; where it is W, they stay, and all else is as where
 *     they are learned; 0 outside that experiment
 * @param settings what else it has
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
    double budget,
    Set<Setting> settings) {
  /** The learning rate of I, where it is not what is asked about. */
  static final double POINT_RATE = 0.01;

  Row {
    Objects.requireNonNull(settings, "settings are missing");
    // In one order, so that names do not depend on how it came to them.
    settings = settings.isEmpty()
        ? Set.of()
        : Collections.unmodifiableSet(EnumSet.copyOf(settings));
  }

  private Row(Model model, Method method, Scope scope, int bits, double pointRate) {
    this(model, method, scope, bits, Start.LEAST_SQUARES, pointRate, GradientMode.CLIPPED, 0, null,
        0, Set.of());
  }

  /** Makes a row in float. */
  static Row inFloat(Model model, Method method) {
    return new Row(model, method, Scope.NONE, 0, 0);
  }

  /** Makes a row in fixed point. */
  static Row fixed(Model model, Method method, Scope scope, int bits) {
    return new Row(model, method, scope, bits, method == Method.LEARNED ? POINT_RATE : 0);
  }

  Row withStart(Start other) {
    return new Row(model, method, scope, bits, other, pointRate, gradient, kHot, rule, budget,
        settings);
  }

  Row withPointRate(double rate) {
    return new Row(model, method, scope, bits, start, rate, gradient, kHot, rule, budget,
        settings);
  }

  Row withGradient(GradientMode mode) {
    return new Row(model, method, scope, bits, start, pointRate, mode, kHot, rule, budget,
        settings);
  }

  Row withKHot(int k, KHotRule encoding) {
    return new Row(model, method, scope, bits, start, pointRate, gradient, k, encoding, budget,
        settings);
  }

  Row withBudget(double width) {
    return new Row(model, method, scope, bits, start, pointRate, gradient, kHot, rule, width,
        settings);
  }

  Row with(Setting... added) {
    Set<Setting> all = EnumSet.copyOf(List.of(added));
    all.addAll(settings);
    return new Row(
        model, method, scope, bits, start, pointRate, gradient, kHot, rule, budget, all);
  }

  boolean has(Setting setting) {
    return settings.contains(setting);
  }

  /** Returns whether it has the training of learned widths, which may be longer. */
  boolean isOfWidths() {
    return budget > 0;
  }

  /** Returns whether widths are learned. */
  boolean learnsWidths() {
    return budget > 0 && budget < bits && !has(Setting.DESCENT);
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
    if (budget > 0) {
      key += "-budget-" + budget;
    }
    for (Setting setting : settings) {
      key += "-" + setting.key();
    }
    return (kHot == 0 ? key : key + "-" + kHot + "hot-" + rule).toLowerCase(Locale.ROOT);
  }

  /** Returns the formats of the network, but for I where one holds for all of them. */
  QfxOptions options() {
    QfxOptions words = QfxOptions.bits(scope == Scope.ELEMENT_WISE ? Scope.OTHERS : bits);
    words = scope == Scope.ELEMENT_WISE ? words.withBits(bits, Role.ELEMENT) : words;
    words = words.withBits(Scope.OTHERS, wide()).withGradient(gradient);
    if (method == Method.LEARNED) {
      words = words.learnBinaryPoints();
    }
    words = has(Setting.CHANNEL_POINTS) ? words.withChannelPoints() : words;
    words = learnsWidths() || has(Setting.DESCENT) ? words.learnWidths() : words;
    return rule == null ? words : words.withScaleKHot(KHot.of(kHot, rule));
  }

  /** Returns what has {@value Scope#OTHERS} bits, whatever W is. */
  private Role[] wide() {
    return settings.stream().flatMap(setting -> setting.wide().stream()).toArray(Role[]::new);
  }

  /** Returns how it comes to its arithmetic, in words. */
  String way() {
    return method.title()
        + (method == Method.LEARNED && start == Start.BY_HAND ? ", from the type by hand" : "")
        + settings.stream().map(setting -> ", " + setting.title()).collect(Collectors.joining())
        + (isOfWidths() ? widths() : "");
  }

  private String widths() {
    if (has(Setting.DESCENT)) {
      return " to " + budget;
    }
    return learnsWidths()
        ? ", W learned at the cost of " + budget
        : ", trained as long as learned W";
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
