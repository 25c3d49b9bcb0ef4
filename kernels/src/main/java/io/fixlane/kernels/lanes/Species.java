package io.fixlane.kernels.lanes;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorOperators.Conversion;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Species and conversions for templates that do not know their lane type until they are defined.
 *
 * <p>The element type of every vector is written as Long, whatever it is: the methods of
 * {@code Vector<E>} are erased, and the species, a constant of the compiled loop, says what they
 * really work on.
 */
public final class Species {
  private static final int SMALLEST_BITS = 64;
  /** What the arrays behind heap segments hold; those of each type have a class of their own. */
  private static final Map<Class<?>, Class<?>> ELEMENTS = Map.of(
      MemorySegment.ofArray(new byte[0]).getClass(), byte.class,
      MemorySegment.ofArray(new char[0]).getClass(), short.class,
      MemorySegment.ofArray(new short[0]).getClass(), short.class,
      MemorySegment.ofArray(new int[0]).getClass(), int.class,
      MemorySegment.ofArray(new float[0]).getClass(), float.class,
      MemorySegment.ofArray(new long[0]).getClass(), long.class,
      MemorySegment.ofArray(new double[0]).getClass(), double.class);

  private Species() {}

  /**
   * Returns the species in which words are loaded from and stored to segments of a class: as many
   * bits of what their array holds. Other accesses to an array are not compiled to vectors.
   */
  public static VectorSpecies<Long> elements(Class<?> segment, VectorSpecies<Long> words) {
    return of(ELEMENTS.getOrDefault(segment, words.elementType()), words.vectorBitSize());
  }

  /** Returns the species of the given lane type and size in bits. */
  public static VectorSpecies<Long> of(Class<?> type, int bits) {
    return untyped(VectorSpecies.of(type, VectorShape.forBitSize(bits)));
  }

  /**
   * Returns the smallest species that holds as many lanes of a container as there are in
   * {@code lanes}, or more.
   */
  public static VectorSpecies<Long> of(Container container, VectorSpecies<Long> lanes) {
    return of(container.type(), Math.max(SMALLEST_BITS, container.bits() * lanes.length()));
  }

  /** Returns the species of integral lanes. */
  public static VectorSpecies<Long> integral(int laneBits, int bits) {
    return of(Container.integral(laneBits).type(), bits);
  }

  /**
   * Returns the low bits of a word as a lane holds them: sign-extended, as {@code broadcast}
   * demands.
   */
  public static long word(long bits, int laneBits) {
    int lost = 64 - laneBits;
    return bits << lost >> lost;
  }

  /**
   * Returns the conversion of an operand's words to lanes: a cast as Java's, or an extension with
   * zeros.
   */
  public static Conversion<Long, Long> extension(Operand operand, VectorSpecies<Long> lanes) {
    Class<?> from = operand.container().type();
    return untyped(operand.signed() || operand.container().bits() == lanes.elementSize()
        ? Conversion.ofCast(from, lanes.elementType())
        : zeroExtension(from, lanes.elementType()));
  }

  /** Returns the conversion of one species' lanes to another's: a cast as Java's. */
  public static Conversion<Long, Long> conversion(VectorSpecies<Long> from,
      VectorSpecies<Long> to) {
    return untyped(Conversion.ofCast(from.elementType(), to.elementType()));
  }

  private static Conversion<?, ?> zeroExtension(Class<?> from, Class<?> to) {
    if (from == byte.class) {
      return to == short.class
          ? VectorOperators.ZERO_EXTEND_B2S
          : to == int.class ? VectorOperators.ZERO_EXTEND_B2I : VectorOperators.ZERO_EXTEND_B2L;
    }
    if (from == short.class) {
      return to == int.class ? VectorOperators.ZERO_EXTEND_S2I : VectorOperators.ZERO_EXTEND_S2L;
    }
    return VectorOperators.ZERO_EXTEND_I2L;
  }

  @SuppressWarnings("unchecked")
  private static VectorSpecies<Long> untyped(VectorSpecies<?> species) {
    return (VectorSpecies<Long>) species;
  }

  @SuppressWarnings("unchecked")
  private static Conversion<Long, Long> untyped(Conversion<?, ?> conversion) {
    return (Conversion<Long, Long>) conversion;
  }
}
