package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.compile.Template;
import io.fixlane.kernels.tiles.pack.TableRows;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link TableRows.Tables} on vectors: a {@link Template} is defined once for each size. */
final class VectorTables implements TableRows.Tables {
  /** What a template is defined for. */
  record Data(int group, int bits) {
    private static final Template<TableRows.Tables> TEMPLATE =
        Template.of(MethodHandles.lookup(), VectorTables.class, TableRows.Tables.class);

    /** Returns what makes the tables. */
    TableRows.Tables tables() {
      return TEMPLATE.compile(this);
    }
  }

  private static final Data DATA = Template.data(MethodHandles.lookup(), Data.class);
  private static final int GROUP = DATA.group();
  private static final VectorSpecies<Short> LANES =
      VectorSpecies.of(short.class, VectorShape.forBitSize(DATA.bits()));
  private static final int LENGTH = LANES.length();

  @Override
  public void make(short[] a, short[] patterns, short[] tables, int count) {
    for (int i = 0; i < count; i++) {
      ShortVector sum = ShortVector.zero(LANES);
      for (int t = 0; t < GROUP; t++) {
        ShortVector factors = ShortVector.fromArray(LANES, patterns, t * LENGTH);
        sum = sum.add(factors.mul(a[i * GROUP + t]));
      }
      sum.intoArray(tables, i * LENGTH);
    }
  }
}
