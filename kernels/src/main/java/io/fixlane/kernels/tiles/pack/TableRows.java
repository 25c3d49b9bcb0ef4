package io.fixlane.kernels.tiles.pack;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.loop.Tile;
import java.lang.foreign.MemorySegment;

/**
 * Rows of the tables of a table unit: where other rows have a group of activations, these have a
 * vector, whose lane c is the sum of the group's activations times the weights of
 * combination c.
 */
public final class TableRows implements Rows {
  /** Makes tables of sums: of each group of activations, one vector of 16-bit lanes. */
  public interface Tables {
    /**
     * Makes tables: lane c of table i is the sum over t of {@code a[i * group + t]} x
     * {@code patterns[t * lanes + c]}, modulo 2<sup>16</sup>.
     *
     * @param a activations
     * @param patterns the factors of each place of a group
     * @param tables the tables, one after the other
     * @param count the number of tables
     */
    void make(short[] a, short[] patterns, short[] tables, int count);
  }

  private final Rows source;
  private final int group;
  private final int[] runBase;
  private final int lanes;
  private final short[] patterns;
  private final Tables tables;

  /**
   * Makes the tables of rows of 16-bit activations, which are in whole groups.
   *
   * @param lanes the entries of a table
   */
  public TableRows(Rows source, WeightTable table, Tables tables, int lanes) {
    this.source = source;
    this.group = table.group();
    this.runBase = source.runBase().clone();
    divide(runBase, runBase.length);
    this.lanes = lanes;
    this.tables = tables;
    this.patterns = new short[table.group() * lanes];
    for (int place = 0; place < table.group(); place++) {
      for (int entry = 0; entry < table.entries(); entry++) {
        patterns[place * lanes + entry] = (short) table.weight(entry, place);
      }
    }
  }

  private void divide(int[] places, int count) {
    for (int i = 0; i < count; i++) {
      places[i] /= group;
    }
  }

  @Override
  public int runLength() {
    return source.runLength() / group;
  }

  @Override
  public int[] runBase() {
    return runBase;
  }

  @Override
  public int rowUnit() {
    return source.rowUnit();
  }

  @Override
  public int blockRows() {
    return source.blockRows();
  }

  @Override
  public Object read(Workspace work, Container lane) {
    return work.tables.array(lane);
  }

  @Override
  public MemorySegment memory(Workspace work, Container lane) {
    return work.tables.segment(lane);
  }

  @Override
  public int load(Workspace work, int firstRow, int rows, int firstStep, int lastStep) {
    int words = source.load(work, firstRow, rows, firstStep * group, lastStep * group);
    divide(work.rowBase, rows + Tile.MAX_ROWS);
    int groups = words / group;
    // The places beyond the last row are read too, as rows that are not output.
    long beyond = (long) Tile.MAX_ROWS * (lastStep - firstStep);
    work.tables.ensure(Container.SHORT, (groups + beyond) * lanes);
    tables.make((short[]) work.activations.array(Container.SHORT), patterns,
        (short[]) work.tables.array(Container.SHORT), groups);
    return groups;
  }
}
