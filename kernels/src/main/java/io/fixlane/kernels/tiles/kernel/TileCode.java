package io.fixlane.kernels.tiles.kernel;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Tile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;

/**
 * Bytecode of a method whose only argument is a tile: its fields, and loops.
 *
 * @param code where it is written
 */
record TileCode(CodeBuilder code) {
  private static final ClassDesc TILE = VectorCode.desc(Tile.class);

  /** Allocates local variables. */
  int[] locals(TypeKind kind, int count) {
    int[] slots = new int[count];
    for (int i = 0; i < count; i++) {
      slots[i] = code.allocateLocal(kind);
    }
    return slots;
  }

  /** Returns a new local variable that holds an array of the tile. */
  int array(String field, Container elements) {
    int array = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(code.parameterSlot(0)).getfield(TILE, field, CD_Object)
        .checkcast(VectorCode.desc(elements.type()).arrayType()).astore(array);
    return array;
  }

  /** Returns a new local variable that holds an integer of the tile. */
  int integer(String field) {
    int local = code.allocateLocal(TypeKind.INT);
    loadInt(field).istore(local);
    return local;
  }

  CodeBuilder loadInts(String field) {
    return code.aload(code.parameterSlot(0)).getfield(TILE, field, CD_int.arrayType());
  }

  CodeBuilder loadInt(String field) {
    return code.aload(code.parameterSlot(0)).getfield(TILE, field, CD_int);
  }

  /** Writes a loop from 0 to a limit. */
  void loop(int counter, Runnable limit, Runnable body) {
    Label head = code.newLabel();
    Label end = code.newLabel();
    code.iconst_0().istore(counter).labelBinding(head).iload(counter);
    limit.run();
    code.if_icmpge(end);
    body.run();
    code.iinc(counter, 1).goto_(head).labelBinding(end);
  }
}
