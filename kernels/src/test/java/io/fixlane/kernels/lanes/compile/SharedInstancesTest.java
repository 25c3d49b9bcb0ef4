package io.fixlane.kernels.lanes.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.kernels.fixture.OneWidth;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Equal keys share an instance while it is used, and a bounded number of others is kept. */
@OneWidth
class SharedInstancesTest {
  private static final int KEPT = 3;
  private static final int MORE = 20;
  private final SharedInstances<Integer> instances = new SharedInstances<>(KEPT, MORE);
  private int made;

  private Object get(int key) {
    return instances.get(key, _ -> {
      made++;
      return new Object();
    });
  }

  @Test
  void oneThatIsUsedIsShared() {
    Object used = get(0);
    for (int key = 1; key < 100; key++) {
      get(key);
    }
    System.gc();
    assertThat(get(0)).isSameAs(used);
    assertThat(made).isEqualTo(100);
  }

  @Test
  void theOnesAskedForLastAreKeptThoughNobodyUsesThem() {
    for (int key = 0; key < KEPT; key++) {
      get(key);
    }
    get(0);
    get(KEPT);
    System.gc();
    get(0);
    get(KEPT);
    get(KEPT - 1);
    assertThat(made).isEqualTo(KEPT + 1);
  }

  @Test
  void noMoreAreKept() {
    List<WeakReference<Object>> unused = new ArrayList<>();
    for (int key = 0; key < 100; key++) {
      unused.add(new WeakReference<>(get(key)));
    }
    System.gc();
    assertThat(unused).filteredOn(reference -> reference.get() != null).hasSize(KEPT);
    get(0);
    assertThat(made).isEqualTo(101);
  }

  /** Where those that nobody uses could be too many, they are collected without being asked to. */
  @Test
  void unusedOnesAreBounded() {
    List<WeakReference<Object>> unused = new ArrayList<>();
    List<Object> inUse = new ArrayList<>();
    for (int key = 0; key < 500; key++) {
      unused.add(new WeakReference<>(get(2 * key)));
      inUse.add(get(2 * key + 1));
      long alive = unused.stream().filter(reference -> reference.get() != null).count();
      assertThat(alive).isLessThanOrEqualTo(KEPT + MORE);
    }
    for (int key = 0; key < 500; key++) {
      assertThat(get(2 * key + 1)).isSameAs(inUse.get(key));
    }
  }

  @Test
  void makingOneMayAskForOthers() {
    Object outer = instances.get(16, _ -> List.of(get(32), get(48)));
    assertThat(outer).isEqualTo(List.of(get(32), get(48)));
  }

  @Test
  void threadsThatMakeOneAtATimeGetTheSame() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int key = 0; key < 100; key++) {
        int own = key;
        CyclicBarrier both = new CyclicBarrier(2);
        List<Future<Object>> got = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          got.add(threads.submit(() -> {
            both.await();
            return instances.get(own, _ -> new Object());
          }));
        }
        assertThat(got.get(0).get()).isSameAs(got.get(1).get());
      }
    }
  }
}
