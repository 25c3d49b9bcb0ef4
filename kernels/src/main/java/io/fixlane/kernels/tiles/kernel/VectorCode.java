package io.fixlane.kernels.tiles.kernel;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.Registers;
import io.fixlane.kernels.lanes.loop.VectorDoubles;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Calls of the Vector API as bytecode.
 *
 * @param code where the calls are written
 * @param bits the size of a vector
 */
record VectorCode(CodeBuilder code, int bits) {
  static final ClassDesc SPECIES = desc(VectorSpecies.class);
  static final ClassDesc VECTOR = desc(Vector.class);
  static final ClassDesc BINARY = desc(VectorOperators.Binary.class);
  private static final ClassDesc OPERATORS = desc(VectorOperators.class);
  private static final ClassDesc CONVERSION = desc(VectorOperators.Conversion.class);

  /** Pushes the species of whole vectors of a lane type. */
  CodeBuilder species(Container container) {
    return species(container, bits);
  }

  private CodeBuilder species(Container container, int size) {
    return code.getstatic(type(container), "SPECIES_" + size, SPECIES);
  }

  /** Pushes a vector of so many bits from an array, at the index that is pushed. */
  void fromArray(Container container, int size, int array, Runnable index) {
    species(container, size).aload(array);
    index.run();
    code.invokestatic(type(container), "fromArray",
        MethodTypeDesc.of(type(container), SPECIES, desc(container.type()).arrayType(), CD_int));
  }

  /** Pushes a vector of one number of an array, at the index in a local variable. */
  void broadcast(Container container, int array, int index) {
    ClassDesc type = type(container);
    species(container).aload(array).iload(index)
        .arrayLoad(TypeKind.from(container.type()))
        .invokestatic(type, "broadcast", MethodTypeDesc.of(type, SPECIES, desc(container.type())));
  }

  /** Converts the vector of so many bits on the stack to other lanes, from a part of it. */
  void convert(Container from, int size, Container to, int part) {
    exact(from, size);
    if (from == Container.DOUBLE && to == Container.LONG && Registers.FEW) {
      integersToLongs();
      return;
    }
    code.getstatic(OPERATORS, letter(from) + "2" + letter(to), CONVERSION);
    species(to).loadConstant(part)
        .invokevirtual(type(from), "convertShape",
            MethodTypeDesc.of(VECTOR, CONVERSION, SPECIES, CD_int))
        .checkcast(type(to));
  }

  /**
   * Converts doubles, integers of at most 2<sup>53</sup> on both sides of 0, by their bits as
   * {@link VectorDoubles} does. High is a multiple of 2<sup>32</sup>; its bits keep it and lose the
   * magic number as they are shifted.
   */
  private void integersToLongs() {
    ClassDesc type = type(Container.DOUBLE);
    ClassDesc longs = type(Container.LONG);
    MethodTypeDesc scalar = MethodTypeDesc.of(type, CD_double);
    MethodTypeDesc bitsOf = MethodTypeDesc.of(longs);
    int high = code.allocateLocal(TypeKind.REFERENCE);
    code.dup().loadConstant(0x1p-32).invokevirtual(type, "mul", scalar)
        .loadConstant(VectorDoubles.MAGIC).invokevirtual(type, "add", scalar).astore(high)
        .aload(high).loadConstant(VectorDoubles.MAGIC).invokevirtual(type, "sub", scalar)
        .loadConstant(0x1p32).invokevirtual(type, "mul", scalar)
        .invokevirtual(type, "sub", MethodTypeDesc.of(type, VECTOR))
        .loadConstant(VectorDoubles.MAGIC).invokevirtual(type, "add", scalar)
        .invokevirtual(type, "reinterpretAsLongs", bitsOf)
        .loadConstant(VectorDoubles.MAGIC_BITS)
        .invokevirtual(longs, "sub", MethodTypeDesc.of(longs, CD_long))
        .aload(high).invokevirtual(type, "reinterpretAsLongs", bitsOf);
    shiftBy(Container.LONG, "LSHL", Integer.SIZE);
    code.invokevirtual(longs, "add", MethodTypeDesc.of(longs, VECTOR));
  }

  /** Stores the vector on the stack in an array, at the index that is pushed. */
  void intoArray(Container container, int array, Runnable index) {
    exact(container);
    code.aload(array);
    index.run();
    code.invokevirtual(type(container), "intoArray",
        MethodTypeDesc.of(CD_void, desc(container.type()).arrayType(), CD_int));
  }

  /** Pushes an operator, a field of {@link VectorOperators} of the given type. */
  void operator(String name, Class<?> type) {
    code.getstatic(OPERATORS, name, desc(type));
  }

  /** Shifts the lanes of the vector on the stack by a constant. */
  void shiftBy(Container lane, String operator, int distance) {
    operator(operator, VectorOperators.Binary.class);
    code.loadConstant((long) distance)
        .invokevirtual(type(lane), "lanewise",
            MethodTypeDesc.of(type(lane), BINARY, CD_long));
  }

  /**
   * Casts the vector on the stack to the class of its species, which Java cannot name. After that a
   * method is called on it or takes it, or a loop carries it. Where C2 knows no class it inlines
   * what the profile of a method of the JDK saw, vectors of any size that the JVM has met; what it
   * then makes objects of depends on the order in which it learns the classes.
   */
  void exact(Container lane) {
    exact(lane, bits);
  }

  private void exact(Container lane, int size) {
    species(lane, size).invokeinterface(SPECIES, "vectorType", MethodTypeDesc.of(CD_Class))
        .swap()
        .invokevirtual(CD_Class, "cast", MethodTypeDesc.of(CD_Object, CD_Object))
        .checkcast(type(lane));
  }

  private static String letter(Container container) {
    return container.name().substring(0, 1);
  }

  /** Returns the class of vectors of a lane type. */
  static ClassDesc type(Container container) {
    return desc(switch (container) {
      case BYTE -> ByteVector.class;
      case SHORT -> ShortVector.class;
      case INT -> IntVector.class;
      case LONG -> LongVector.class;
      case FLOAT -> FloatVector.class;
      case DOUBLE -> DoubleVector.class;
    });
  }

  static ClassDesc desc(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }
}
