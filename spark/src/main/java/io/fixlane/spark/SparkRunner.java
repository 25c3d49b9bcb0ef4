package io.fixlane.spark;

import io.fixlane.autograd.search.Ground;
import io.fixlane.autograd.search.Trial;
import io.fixlane.autograd.search.TrialOutcome;
import io.fixlane.autograd.search.TrialRunner;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Failure;

/**
 * Computes trials on Spark, each a task of its own. Spark computes those of an executor that is
 * lost once more, and a trial gives the same wherever it is computed.
 */
final class SparkRunner implements TrialRunner {
  private static final long PATIENCE_MILLIS = 200;

  private final JavaSparkContext context;
  private final Broadcast<SharedGround> ground;
  private final Runnable end;

  /**
   * Makes a runner.
   *
   * @param end what gives the context back
   */
  SparkRunner(SparkContext context, Ground ground, Runnable end) {
    this.context = JavaSparkContext.fromSparkContext(context);
    this.ground = this.context.broadcast(new SharedGround(ground));
    this.end = end;
  }

  /** Hands each outcome from the thread of Spark's scheduler to the one that keeps it. */
  private static final class Arrival extends AbstractFunction2<Object, TrialOutcome, BoxedUnit> {
    private final BlockingQueue<TrialOutcome> arrived;

    Arrival(BlockingQueue<TrialOutcome> arrived) {
      this.arrived = arrived;
    }

    @Override
    public BoxedUnit apply(Object partition, TrialOutcome outcome) {
      arrived.add(outcome);
      return BoxedUnit.UNIT;
    }
  }

  private static final class Nothing extends AbstractFunction0<BoxedUnit> {
    @Override
    public BoxedUnit apply() {
      return BoxedUnit.UNIT;
    }
  }

  @Override
  public void run(List<Trial> trials, Consumer<TrialOutcome> keep)
      throws IOException, InterruptedException {
    BlockingQueue<TrialOutcome> arrived = new LinkedBlockingQueue<>();
    List<Object> partitions = IntStream.range(0, trials.size()).<Object>mapToObj(i -> i).toList();
    SimpleFutureAction<BoxedUnit> job = context.sc().submitJob(
        context.parallelize(trials, trials.size()).rdd(), new TrialTask(ground),
        CollectionConverters.asScala(partitions).toSeq(), new Arrival(arrived), new Nothing());
    try {
      for (int left = trials.size(); left > 0;) {
        TrialOutcome outcome = arrived.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (outcome != null) {
          keep.accept(outcome);
          left--;
        } else {
          requireRunning(job);
        }
      }
    } finally {
      job.cancel();
    }
  }

  private static void requireRunning(SimpleFutureAction<BoxedUnit> job) throws IOException {
    if (job.isCompleted() && job.value().get() instanceof Failure<?> failure) {
      Throwable cause = failure.exception();
      throw new IOException("Spark gave up: " + cause.getMessage().lines().findFirst().orElse(""),
          cause);
    }
  }

  @Override
  public void close() {
    ground.destroy();
    end.run();
  }
}
