package io.fixlane.spark;

import io.fixlane.autograd.search.Trial;
import io.fixlane.autograd.search.TrialOutcome;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** Computes the one trial of a partition, where Spark has put it. */
final class TrialTask extends AbstractFunction1<Iterator<Trial>, TrialOutcome>
    implements
      Serializable {
  private static final long serialVersionUID = 1;

  private final Broadcast<SharedGround> ground;

  TrialTask(Broadcast<SharedGround> ground) {
    this.ground = ground;
  }

  @Override
  public TrialOutcome apply(Iterator<Trial> trials) {
    return ground.value().run().compute(trials.next());
  }
}
