package io.fixlane.kernels.khot;

import io.fixlane.format.KHotRule;
import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.lanes.ShiftTerm;
import io.fixlane.kernels.tiles.pack.TermPlanes;
import io.fixlane.tensor.FixedTensor;

/**
 * The K-hot words that weights become, and their terms in planes: plane p holds term p of every
 * word, the most significant in plane 0, each as the byte {@link ShiftTerm} describes.
 *
 * <pre>
 *   codes = [ term 0 of word 0, of word 1, ... | term 1 of word 0, of word 1, ... | ... ]
 * </pre>
 *
 * <p>A word with fewer terms than there are planes has absent terms in the last ones. There are no
 * more planes than some word has terms, and at least one. A shift of 64, which only words of 64
 * unsigned bits have, has no code of its own: no product with such words fits 64 bits.
 *
 * @param words the K-hot words
 * @param planes the number of planes
 * @param codes the terms, planes x size
 * @param count the number of terms of all words
 * @param shifted how many of them are shifted by more than 0
 */
public record KHotTerms(FixedTensor words, int planes, byte[] codes, long count, long shifted) {

  /** Returns the planes as micro-kernels take them. */
  public TermPlanes termPlanes() {
    return new TermPlanes(codes, planes, Math.toIntExact(words.size()));
  }

  /** Returns the terms of words that are K-hot already, by the rule that made them so. */
  public static KHotTerms of(FixedTensor words, KHotRule rule) {
    Collector most = new Collector(new byte[0], 0);
    for (int i = 0; i < words.size(); i++) {
      most.collect(rule, words, i);
    }
    int planes = Math.max(1, most.most);
    int size = Math.toIntExact(words.size());
    long codes = (long) planes * size;
    if (codes > Container.LONGEST_ARRAY) {
      throw new IllegalArgumentException("weights have " + size + " words of up to " + planes
          + " terms, a byte each: an array holds at most " + Container.LONGEST_ARRAY);
    }
    Collector all = new Collector(new byte[(int) codes], size);
    for (int i = 0; i < size; i++) {
      all.collect(rule, words, i);
    }
    return new KHotTerms(words, planes, all.codes, all.count, all.shifted);
  }

  /** Counts terms, and writes their codes where there is room for them. */
  private static final class Collector implements KHotWord.TermSink {
    private final byte[] codes;
    private final int size;
    private int word;
    private int place;
    private int most;
    private long count;
    private long shifted;

    Collector(byte[] codes, int size) {
      this.codes = codes;
      this.size = size;
    }

    void collect(KHotRule rule, FixedTensor words, int index) {
      word = index;
      place = 0;
      KHotWord.terms(words.raw(index), words.format(), rule, this);
      most = Math.max(most, place);
      count += place;
    }

    @Override
    public void add(boolean negative, int shift) {
      if (codes.length > 0) {
        codes[place * size + word] = ShiftTerm.code(negative, shift);
      }
      place++;
      shifted += shift > 0 ? 1 : 0;
    }
  }
}
