package io.fixlane.onnx.write;

import java.math.BigInteger;

/**
 * What words are divided by, even and positive: one constant, or one for each place of an image.
 *
 * @param whole the tensor of divisors
 * @param half that of their halves
 * @param halfLess that of their halves, less one
 * @param least the smallest divisor
 * @param most the largest
 */
record Divisor(
    String whole, String half, String halfLess, BigInteger least, BigInteger most) {}
