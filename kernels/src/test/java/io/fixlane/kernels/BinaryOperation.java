package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;

/** The operations on two operands: their plans, and what they compute exactly. */
enum BinaryOperation {
  ADD, SUBTRACT, MULTIPLY, DIVIDE, MIN, MAX, RESIDUAL_ADD;

  Elementwise plan(FixedFormat a, FixedFormat b, FixedFormat result) {
    return switch (this) {
      case ADD -> Elementwise.add(a, b, result);
      case SUBTRACT -> Elementwise.subtract(a, b, result);
      case MULTIPLY -> Elementwise.multiply(a, b, result);
      case DIVIDE -> Elementwise.divide(a, b, result);
      case MIN -> Elementwise.min(a, b, result);
      case MAX -> Elementwise.max(a, b, result);
      case RESIDUAL_ADD -> Elementwise.residualAdd(a, b, result);
    };
  }

  Fixed exact(Fixed a, Fixed b) {
    return switch (this) {
      case ADD -> a.plus(b);
      case SUBTRACT -> a.minus(b);
      case MULTIPLY -> a.times(b);
      case DIVIDE -> a.dividedBy(b);
      case MIN -> a.compareTo(b) < 0 ? a : b;
      case MAX -> a.compareTo(b) > 0 ? a : b;
      case RESIDUAL_ADD -> positive(a.plus(b));
    };
  }

  /** Returns the number of bits the exact results of all words need. */
  int width(FixedFormat a, FixedFormat b) {
    return switch (this) {
      case ADD, RESIDUAL_ADD -> a.plus(b).width();
      case SUBTRACT -> a.minus(b).width();
      case MULTIPLY -> a.times(b).width();
      case DIVIDE -> a.dividedBy(b).width();
      case MIN, MAX -> a.plus(b).width() - 1;
    };
  }

  static Fixed positive(Fixed value) {
    return value.raw().signum() < 0 ? Fixed.ofRaw(0, value.format()) : value;
  }
}
