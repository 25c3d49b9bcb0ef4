package io.fixlane.onnx.read;

import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.onnx.model.ModelNode;
import org.jspecify.annotations.Nullable;

/**
 * A step of a computation, linked to the one that all of its ways come through: the step before, or
 * of a sum the last one that both of its branches have come through.
 */
final class Link implements Way<Link> {
  private final @Nullable Link before;
  private final int depth;
  private final @Nullable TapeLayer layer;
  private final @Nullable Link one;
  private final @Nullable Link other;

  private Link(@Nullable Link before, @Nullable TapeLayer layer, @Nullable Link one,
      @Nullable Link other) {
    this.before = before;
    this.depth = before == null ? 0 : before.depth + 1;
    this.layer = layer;
    this.one = one;
    this.other = other;
  }

  /** Returns the beginning. */
  static Link input() {
    return new Link(null, null, null, null);
  }

  /** Returns the step of a layer. */
  Link then(TapeLayer next) {
    return new Link(this, next, null, null);
  }

  @Override
  public Link flattened(ModelNode node, Layout.Image image) {
    return then(new Flatten());
  }

  /** Returns the sum of two results. */
  static Link sum(Link one, Link other) {
    Link a = one;
    Link b = other;
    while (a != b) {
      if (a.depth >= b.depth) {
        a = a.required();
      } else {
        b = b.required();
      }
    }
    return new Link(a, null, one, other);
  }

  /** Returns the step that all ways come through. */
  @Nullable
  Link before() {
    return before;
  }

  private Link required() {
    if (before == null) {
      throw new IllegalStateException("the links have two beginnings");
    }
    return before;
  }

  /** Returns the layer; null of a sum and of the beginning. */
  @Nullable
  TapeLayer layer() {
    return layer;
  }

  /** Returns one branch of a sum; null of what is none. */
  @Nullable
  Link one() {
    return one;
  }

  /** Returns the other branch of a sum; null of what is none. */
  @Nullable
  Link other() {
    return other;
  }
}
