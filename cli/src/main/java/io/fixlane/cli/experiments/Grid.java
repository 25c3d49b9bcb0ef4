package io.fixlane.cli.experiments;

import io.fixlane.autograd.fixed.GradientMode;
import io.fixlane.autograd.models.Model;
import io.fixlane.format.KHotRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The rows of each experiment. */
final class Grid {
  private static final List<Method> METHODS =
      List.of(Method.PTQ, Method.PTQ_SETTLED, Method.PINNED, Method.LEARNED);
  /** The scopes of the second experiment. */
  static final List<Scope> SCOPES = List.of(Scope.ELEMENT_WISE, Scope.EVERYTHING);
  /** The learning rates of I that are compared. */
  static final List<Double> POINT_RATES = List.of(0.003, Row.POINT_RATE, 0.03);
  /** The numbers of signed powers of two that are compared. */
  static final List<Integer> KS = List.of(1, 2, 3);

  /** The experiments. */
  static final Set<Integer> EXPERIMENTS = new TreeSet<>(Set.of(1, 2, 3, 4, 5, 6));

  /** The network of which every I is tried. */
  static final Model SMALL = Model.MLP;
  /** The most bits at which every I is tried. */
  private static final int FEW_BITS = 4;

  /** The bits of the binarised network, of everything that is not binary. */
  private static final int BINARISED_BITS = 8;

  private Grid() {}

  /** The second experiment, a network: float, PTQ and QFX at each W. */
  static List<Row> methods(Model model, Budget budget) {
    List<Row> rows = new ArrayList<>();
    rows.add(Row.inFloat(model, Method.FLOAT));
    for (Scope scope : SCOPES) {
      for (int bits : budget.bits()) {
        rows.addAll(ways(model, scope, bits, budget.handBits().contains(bits)));
      }
    }
    return rows;
  }

  /**
   * The ways of a network to W bits.
   *
   * @param byHand whether one type for everything, and I by channel, are among them where W bits
   *     are in everything
   */
  static List<Row> ways(Model model, Scope scope, int bits, boolean byHand) {
    List<Row> rows = new ArrayList<>();
    METHODS.forEach(method -> rows.add(Row.fixed(model, method, scope, bits)));
    if (byHand && scope == Scope.EVERYTHING) {
      rows.add(Row.fixed(model, Method.UNIFORM, scope, bits));
      rows.add(Row.fixed(model, Method.UNIFORM_TRAINED, scope, bits).withStart(Start.BY_HAND));
      rows.add(Row.fixed(model, Method.LEARNED, scope, bits).withStart(Start.BY_HAND));
      waysByChannel(model, bits).stream().filter(row -> row.has(Setting.CHANNEL_POINTS))
          .forEach(rows::add);
    }
    return rows;
  }

  /** The ways to W bits in everything that have a twin with an I for each channel, and these. */
  static List<Row> waysByChannel(Model model, int bits) {
    return METHODS.stream().filter(method -> method != Method.PTQ)
        .map(method -> Row.fixed(model, method, Scope.EVERYTHING, bits))
        .flatMap(row -> Stream.of(row, row.with(Setting.CHANNEL_POINTS))).toList();
  }

  /** The binarised network with full multipliers, which K-hot scales are compared with. */
  static Row multipliers(Budget budget) {
    return Row.fixed(budget.binarised(), Method.LEARNED, Scope.EVERYTHING, BINARISED_BITS);
  }

  /** The third experiment: float, full multipliers, and K-hot scales. */
  static List<Row> kHot(Budget budget) {
    List<Row> rows = new ArrayList<>();
    rows.add(Row.inFloat(budget.binarised(), Method.FLOAT));
    rows.add(multipliers(budget));
    for (int k : KS) {
      for (KHotRule rule : KHotRule.values()) {
        rows.add(multipliers(budget).withKHot(k, rule));
      }
    }
    return rows;
  }

  /** The network whose settings are changed one by one: the fewest bits everywhere. */
  static Row ablated(Budget budget) {
    return Row.fixed(
        budget.models().getFirst(), Method.LEARNED, Scope.EVERYTHING, budget.fewest());
  }

  /** The fourth experiment: gradients, and start value and learning rate of I. */
  static List<Row> ablations(Budget budget) {
    Row base = ablated(budget);
    List<Row> rows = new ArrayList<>();
    for (GradientMode mode : GradientMode.values()) {
      rows.add(base.withGradient(mode));
    }
    for (Start start : Start.CALIBRATIONS) {
      POINT_RATES.forEach(rate -> rows.add(base.withStart(start).withPointRate(rate)));
    }
    rows.add(base.with(Setting.FREEZING));
    return rows;
  }

  /** The fourth experiment, a small network: calibrated I, learned ones, and every one tried. */
  static List<Row> everyPoint(Budget budget) {
    List<Row> rows = new ArrayList<>();
    rows.add(Row.inFloat(SMALL, Method.FLOAT));
    for (int bits : budget.bits()) {
      if (bits <= FEW_BITS) {
        for (Method method : List.of(Method.PINNED, Method.LEARNED, Method.EVERY_POINT)) {
          rows.add(Row.fixed(SMALL, method, Scope.EVERYTHING, bits));
        }
      }
    }
    return rows;
  }

  /**
   * What is compared at one cost: words of one W everywhere, from the first step on and coming down
   * to it, and widths that are learned, of tensors and of the channels of weights.
   */
  record AtCost(Row uniform, Row descent, Row learned, Row byChannel) {
    List<Row> rows() {
      return List.of(uniform, descent, learned, byChannel);
    }
  }

  /** The fifth experiment. */
  static List<AtCost> widths(Budget budget) {
    Row widest = Row.fixed(budget.models().getFirst(), Method.LEARNED, Scope.EVERYTHING,
        budget.bits().getFirst());
    return budget.costBits().stream().map(bits -> new AtCost(
        Row.fixed(widest.model(), Method.LEARNED, Scope.EVERYTHING, bits).withBudget(bits),
        widest.withBudget(bits).with(Setting.DESCENT), widest.withBudget(bits),
        widest.withBudget(bits).with(Setting.CHANNEL_POINTS))).toList();
  }

  /**
   * The sixth experiment, in W bits everywhere: norms as they are and folded; cast, trained, and
   * trained with a teacher; folded weights with an I for each channel too; and no less than
   * {@value Scope#OTHERS} bits in scores, in what shortcuts add, and in the network's input.
   */
  static List<Row> folds(Budget budget, int bits) {
    Model model = budget.models().getFirst();
    Row cast = Row.fixed(model, Method.PTQ_SETTLED, Scope.EVERYTHING, bits);
    Row learned = Row.fixed(model, Method.LEARNED, Scope.EVERYTHING, bits);
    Row folded = learned.with(Setting.FOLDED_NORMS);
    Row taught = folded.with(Setting.CHANNEL_POINTS, Setting.TEACHER);
    Row scores = bits < Scope.OTHERS ? taught.with(Setting.WIDE_SCORES) : taught;
    Row addends = bits < Scope.OTHERS && model == Model.RESNET8
        ? scores.with(Setting.WIDE_ADDENDS)
        : scores;
    Row input = bits < Scope.OTHERS ? addends.with(Setting.WIDE_INPUT) : addends;
    return List.of(cast, cast.with(Setting.FOLDED_NORMS), learned, learned.with(Setting.TEACHER),
        folded, folded.with(Setting.CHANNEL_POINTS), taught, scores, addends, input);
  }

  /** Returns whether a row belongs to the fourth experiment, which the settings tell apart. */
  static boolean isAblation(Row row, Budget budget) {
    return ablations(budget).contains(row);
  }

  /** Returns all tasks of some experiments. */
  static List<Task> tasks(Set<Integer> experiments, int seeds, Budget budget) {
    return tasks(experiments, _ -> true, seeds, budget);
  }

  /**
   * Returns the tasks of some experiments, those that others go on from included, each once.
   *
   * @param experiments which, of 1 to 6
   * @param chosen which of their rows
   */
  static List<Task> tasks(
      Set<Integer> experiments, Predicate<Row> chosen, int seeds, Budget budget) {
    Set<Row> rows = new LinkedHashSet<>();
    if (experiments.contains(2)) {
      budget.models().forEach(model -> rows.addAll(methods(model, budget)));
    }
    if (experiments.contains(3)) {
      rows.addAll(kHot(budget));
    }
    if (experiments.contains(4)) {
      rows.addAll(ablations(budget));
      rows.addAll(everyPoint(budget));
    }
    if (experiments.contains(5)) {
      widths(budget).forEach(cost -> rows.addAll(cost.rows()));
    }
    if (experiments.contains(6)) {
      budget.bits().forEach(bits -> rows.addAll(folds(budget, bits)));
    }
    Set<Task> tasks = new LinkedHashSet<>();
    if (experiments.contains(1)) {
      tasks.add(TwinCheck.network());
    }
    for (Row row : rows.stream().filter(chosen).toList()) {
      for (int seed = 1; seed <= seeds; seed++) {
        add(new Task(row, seed), tasks);
      }
    }
    return List.copyOf(tasks);
  }

  private static void add(Task task, Set<Task> tasks) {
    if (task.row().method() != Method.START) {
      add(task.origin(), tasks);
    }
    tasks.add(task);
  }
}
