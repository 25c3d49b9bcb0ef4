package io.fixlane.onnx.read.words;

import io.fixlane.format.FixedFormat;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.read.Layout;
import io.fixlane.onnx.read.Way;
import io.fixlane.onnx.read.numbers.Meaning;
import io.fixlane.onnx.read.numbers.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of an integer network, linked to the one that all of its ways come through: the step
 * before, or of what joins two the last one that both of them have come through. It gives words of
 * a format; or it is open: exact numbers of which the node that takes them says the format, or what
 * comes into a model, of which nothing is known yet.
 */
final class Step implements Way<Step> {
  private final @Nullable Step before;
  private final int depth;
  private final Op op;
  private final String name;
  private final @Nullable Range range;
  private final @Nullable FixedFormat format;
  private final Meaning meaning;

  private Step(@Nullable Step before, Op op, String name, @Nullable Range range,
      @Nullable FixedFormat format, Meaning meaning) {
    this.before = before;
    this.depth = before == null ? 0 : before.depth + 1;
    this.op = op;
    this.name = name;
    this.range = range;
    this.format = format;
    this.meaning = meaning;
  }

  /** Returns the beginning: words of a format, or of one that is still to be found. */
  static Step input(@Nullable FixedFormat format, Meaning meaning) {
    return new Step(
        null, new Op.Input(), "", format == null ? null : Range.of(format), format, meaning);
  }

  /** Returns an open step behind this one, and what its exact numbers lie between. */
  Step then(Op next, ModelNode node, @Nullable Range newRange, Meaning newMeaning) {
    return new Step(this, next, node.name().isEmpty() ? node.operator() : node.name(), newRange,
        null, newMeaning);
  }

  /** Returns an open step in the place of this one, which is open. */
  Step with(Op newOp, @Nullable Range newRange, Meaning newMeaning) {
    return new Step(before, newOp, name, newRange, format, newMeaning);
  }

  /** Returns a step that gives words of this one, arranged otherwise or some of them. */
  Step same(Op.Single next, ModelNode node) {
    Step step = then(next, node, range, meaning);
    return format == null ? step : step.cast(format, meaning);
  }

  /** Returns the sum of two steps, open; its range is not known where they have other units. */
  static Step sum(Step one, Step other, ModelNode node) {
    Step both = beforeBoth(one, other);
    return one.meaning.isSame(other.meaning)
        ? both.then(new Op.Sum(one, other, false), node, one.range().plus(other.range()),
            one.meaning)
        : both.then(new Op.Mixed(one, other, false), node, null, Meaning.EXACT);
  }

  /** Returns the words of two steps side by side, open. */
  static Step beside(Step one, Step other, ModelNode node, Meaning meaning) {
    return beforeBoth(one, other).then(
        new Op.Beside(one, other), node, one.range().or(other.range()), meaning);
  }

  /** Returns the last step that all ways to two others come through. */
  private static Step beforeBoth(Step one, Step other) {
    Step a = one;
    Step b = other;
    while (a != b) {
      if (a.depth >= b.depth) {
        a = a.required();
      } else {
        b = b.required();
      }
    }
    return a;
  }

  /**
   * Returns this step, which is open, cast into a format: what is only arranged then has that
   * format where it comes from, and what comes into a model has it itself.
   */
  Step cast(FixedFormat to, Meaning newMeaning) {
    return new Step(op instanceof Op.Flatten && before != null && before.isOpen()
        ? before.cast(to, newMeaning)
        : before, op, name, Range.of(to), to, newMeaning);
  }

  /** Returns this step, which is open, with its exact numbers as words. */
  Step closed() throws OnnxException {
    FixedFormat exact = op instanceof Op.Beside beside
        && beside.one().format().equals(beside.other().format())
            ? beside.one().format()
            : range().format();
    return new Step(op instanceof Op.Flatten && before != null && before.isOpen()
        ? before.closed()
        : before, op, name, range, exact, meaning);
  }

  @Override
  public Step flattened(ModelNode node, Layout.Image image) throws OnnxException {
    int size = (int) image.size();
    Meaning each = meaning.isUniform() ? meaning : meaning.spread(size);
    if (!(op instanceof Op.Chain chain)) {
      Step step = then(new Op.Flatten(), node, range, each);
      return format == null ? step : step.cast(format, each);
    }
    // Of a chain the format is not known yet, so that it goes on behind its words, flattened.
    List<ChainLink> links = new ArrayList<>();
    for (ChainLink link : chain.links()) {
      links.add(link.flattened(size, image.channels()));
    }
    return new Step(
        required().flattened(node, image), new Op.Chain(links), name, range, format, each);
  }

  /** Returns the words of an image as features. */
  Step flattened(ModelNode node) {
    return same(new Op.Flatten(), node);
  }

  /** Returns whether nothing is known of what comes into the model but how it is arranged. */
  boolean isRaw() {
    return range == null && (op instanceof Op.Input || op instanceof Op.Flatten);
  }

  /** Returns whether words are to be multiplied with a scale to be numbers. */
  boolean hasScale() {
    return op instanceof Op.Mixed || !meaning.sign() && !meaning.isExact();
  }

  /** Returns whether it is open and gives what words do not hold: quotients, or sums of units. */
  boolean isQuotient() {
    return format == null && (op instanceof Op.Average || op instanceof Op.Global
        || op instanceof Op.Mixed);
  }

  /** Returns whether its format is still to be said. */
  boolean isOpen() {
    return format == null;
  }

  @Nullable
  Step before() {
    return before;
  }

  Step required() {
    if (before == null) {
      throw new IllegalStateException("the steps have two beginnings");
    }
    return before;
  }

  Op op() {
    return op;
  }

  String name() {
    return name;
  }

  Range range() {
    if (range == null) {
      throw new IllegalStateException("the range of '" + name + "' is not known");
    }
    return range;
  }

  FixedFormat format() {
    if (format == null) {
      throw new IllegalStateException("the format of '" + name + "' is not known");
    }
    return format;
  }

  Meaning meaning() {
    return meaning;
  }
}
