package io.fixlane.kernels.tiles.kernel;

/** What a call of machine code tells in its array of numbers, and what the code keeps there. */
final class DotNumbers {
  /** The number of whole tiles. */
  static final int TILES = 0;
  /** The rows after them. */
  static final int REST = 1;
  /** The number of runs. */
  static final int RUNS = 2;
  /** The steps of a run. */
  static final int STEPS = 3;
  /** Where the first place of a row lies, in bytes, as all that follow. */
  static final int ROW = 4;
  /** Where the first place of a run lies. */
  static final int RUN = 5;
  /** Where the first activation lies from the start of a run. */
  static final int ACTIVATION = 6;
  /** Where the first weight lies. */
  static final int PANEL = 7;
  /** Where the first addend lies. */
  static final int ADDEND = 8;
  /** From one row of addends to the next. */
  static final int ADDEND_STRIDE = 9;
  /** Where the first sum lies. */
  static final int SUMS = 10;
  /** From one row of sums to the next. */
  static final int SUMS_STRIDE = 11;
  /** The code's own: the runs that are left of a tile. */
  static final int RUNS_LEFT = 12;
  /** What leaves the lower half of each word of weights. */
  static final int LOWER = 13;
  /** What halves of bytes are larger by than weights, in each byte. */
  static final int BIASES = 14;
  /** The steps of a run that are whole fours. */
  static final int STEPS_OF_FOUR = 15;
  /** Words of 16 bits that are 1. */
  static final int ONES = 16;
  /** Of a {@link RegisterCast}: what sums are clamped to from below. */
  static final int LOW = 17;
  /** What they are clamped to from above. */
  static final int HIGH = 18;
  /** What is added to them. */
  static final int BASE = 19;
  /** What is added to some. */
  static final int TERM = 20;
  /** How far they are shifted to the right. */
  static final int SHIFT = 21;
  /** Of AMX: the matrices that the rows after whole tiles fill. */
  static final int MATRICES = 22;
  /** The turns that store these rows. */
  static final int TURNS = 23;
  /** The rows that are stored one by one after that. */
  static final int ROWS_LEFT = 24;
  /** The address of room for sums. */
  static final int ROOM = 25;
  /** The code's own: the turns that are left of a tile. */
  static final int TURNS_LEFT = 26;
  /** From one step of a run to the next. */
  static final int STEP = 27;
  /** From one row of a matrix to the next. */
  static final int ROW_STRIDE = 28;
  /** From the rows of one matrix to those of the next. */
  static final int GROUP = 29;
  /** How many numbers there are. */
  static final int COUNT = 30;

  private DotNumbers() {}
}
