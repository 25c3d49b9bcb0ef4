package io.fixlane.kernels.lanes.compile;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What is made for keys: equal keys share one instance for as long as anyone uses it, and the ones
 * asked for last are kept also when nobody does.
 *
 * <p>An instance holds memory outside the heap, a class, which does not bring the garbage collector
 * on in time. So it is called, as for direct buffers of {@code java.nio}, where more instances than
 * a bound could have come out of use since it came.
 *
 * @param <K> the type of keys
 */
final class SharedInstances<K> {
  private static final class Entry<K> extends WeakReference<Object> {
    private final K key;

    Entry(K key, Object instance, ReferenceQueue<Object> queue) {
      super(instance, queue);
      this.key = key;
    }
  }

  private final int kept;
  private final int unusedAtMost;
  private final Map<K, Entry<K>> used = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> unused = new ReferenceQueue<>();
  private final SequencedMap<K, Object> recent = new LinkedHashMap<>(16, 0.75f, true);
  private volatile int limit;

  /**
   * Makes a cache.
   *
   * @param kept how many instances are kept though nobody uses them
   * @param unusedAtMost how many there may be beyond, before the garbage collector comes
   */
  SharedInstances(int kept, int unusedAtMost) {
    this.kept = kept;
    this.unusedAtMost = unusedAtMost;
    this.limit = kept + unusedAtMost;
  }

  /**
   * Returns the instance of a key, made where there is none. Making it may ask for others. Of two
   * threads that make one at a time, both get the same.
   */
  Object get(K key, Function<K, Object> make) {
    while (unused.poll() instanceof Entry<?> entry) {
      used.remove(entry.key, entry);
    }
    Entry<K> entry = used.get(key);
    Object known = entry == null ? null : entry.get();
    Object instance = known == null ? first(key, make.apply(key)) : known;
    keep(key, instance);
    return instance;
  }

  /** Returns what was made, or what another thread has made before. */
  private Object first(K key, Object made) {
    Entry<K> entry = new Entry<>(key, made, unused);
    collect();
    while (true) {
      Entry<K> other = used.putIfAbsent(key, entry);
      Object before = other == null ? made : other.get();
      if (before != null) {
        return before;
      }
      used.remove(key, other);
    }
  }

  private void collect() {
    if (used.size() >= limit) {
      synchronized (this) {
        if (used.size() >= limit) {
          System.gc();
          used.values().removeIf(entry -> entry.refersTo(null));
          limit = used.size() + unusedAtMost;
        }
      }
    }
  }

  private void keep(K key, Object instance) {
    synchronized (recent) {
      recent.put(key, instance);
      if (recent.size() > kept) {
        recent.pollFirstEntry();
      }
    }
  }
}
