package io.fixlane.hardware.circuit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SequencedSet;
import java.util.function.ToIntFunction;

/**
 * Common sub-expressions of sums, found greedily: the pair of terms that most sums have becomes a
 * variable of its own, and so on until no pair is there twice (R. Hartley, Subexpression Sharing in
 * Filters Using Canonic Signed Digit Multipliers, 1996).
 */
final class Sharing {
  /** As many pairs of terms as memory is taken for at once: sums of more are shared in parts. */
  private static final long MOST_PAIRS = 500_000;

  private final List<SequencedSet<Term>> sums = new ArrayList<>();
  private final ToIntFunction<Pattern> maker;
  private final Map<Pattern, Integer> counts = new HashMap<>();
  /** The sums that a variable stands in, by their places. */
  private final Map<Integer, SequencedSet<Integer>> places = new HashMap<>();
  private final PriorityQueue<Entry> queue = new PriorityQueue<>(Comparator
      .comparingInt((Entry entry) -> -entry.count).thenComparing(entry -> entry.pattern));

  private record Entry(int count, Pattern pattern) {}

  private Sharing(List<List<Term>> parts, ToIntFunction<Pattern> maker) {
    this.maker = maker;
    for (List<Term> part : parts) {
      sums.add(new LinkedHashSet<>());
      part.forEach(term -> add(sums.size() - 1, term));
    }
  }

  /**
   * Returns sums with their common parts as variables.
   *
   * @param sums terms, of which no two of a sum have the same variable and shift
   * @param maker makes the variable of a pair, and returns its number
   */
  static List<List<Term>> share(List<List<Term>> sums, ToIntFunction<Pattern> maker) {
    long pairs = sums.stream().mapToLong(terms -> (long) terms.size() * terms.size() / 2).sum();
    int longest = sums.stream().mapToInt(List::size).max().orElse(0);
    if (pairs <= MOST_PAIRS || longest < 4) {
      return new Sharing(sums, maker).run();
    }
    int middle = middle(sums);
    List<List<Term>> low = share(part(sums, 0, middle), maker);
    List<List<Term>> high = share(part(sums, middle, Integer.MAX_VALUE), maker);
    List<List<Term>> both = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      both.add(new ArrayList<>(low.get(i)));
      both.get(i).addAll(high.get(i));
    }
    return both;
  }

  /** Returns a variable that half of the terms come before; some do, and some do not. */
  private static int middle(List<List<Term>> sums) {
    int[] variables =
        sums.stream().flatMap(List::stream).mapToInt(Term::variable).sorted().toArray();
    int middle = variables[variables.length / 2];
    return middle > variables[0] ? middle : middle + 1;
  }

  private static List<List<Term>> part(List<List<Term>> sums, int from, int to) {
    return sums.stream().map(terms -> terms.stream()
        .filter(term -> from <= term.variable() && term.variable() < to).toList()).toList();
  }

  private List<List<Term>> run() {
    while (!queue.isEmpty()) {
      Entry best = queue.poll();
      if (best.count == counts.getOrDefault(best.pattern, 0)) {
        substitute(best.pattern);
      }
    }
    return sums.stream().<List<Term>>map(ArrayList::new).toList();
  }

  private void substitute(Pattern pattern) {
    List<Integer> candidates = new ArrayList<>(places.get(pattern.first()));
    int variable = -1;
    for (int place : candidates) {
      for (Term first : List.copyOf(sums.get(place))) {
        Term second = pattern.second(first);
        if (first.variable() == pattern.first() && sums.get(place).contains(first)
            && sums.get(place).contains(second)) {
          variable = variable < 0 ? maker.applyAsInt(pattern) : variable;
          remove(place, first);
          remove(place, second);
          add(place, new Term(variable, first.shift(), first.negative()));
        }
      }
    }
  }

  private void add(int place, Term term) {
    sums.get(place).forEach(other -> count(Pattern.of(term, other), 1));
    sums.get(place).add(term);
    places.computeIfAbsent(term.variable(), _ -> new LinkedHashSet<>()).add(place);
  }

  private void remove(int place, Term term) {
    sums.get(place).remove(term);
    sums.get(place).forEach(other -> count(Pattern.of(term, other), -1));
  }

  private void count(Pattern pattern, int change) {
    int count = counts.merge(pattern, change, Integer::sum);
    if (count >= 2) {
      queue.add(new Entry(count, pattern));
    } else if (count == 0) {
      counts.remove(pattern);
    }
  }
}
