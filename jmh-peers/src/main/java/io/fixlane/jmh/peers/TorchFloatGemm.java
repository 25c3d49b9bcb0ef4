package io.fixlane.jmh.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.fixlane.jmh.peers.library.Torch;

/**
 * libtorch's product of matrices of floats, which hold the whole numbers of the words: nothing is
 * packed beforehand, and there is no bias and no cast. Each product is an array of its own.
 */
final class TorchFloatGemm implements Peer {
  private final GemmTask task;
  private final NDManager manager = Torch.manager();
  private final NDArray a;
  private final NDArray weights;
  private NDArray results;

  TorchFloatGemm(GemmTask task) {
    this.task = task;
    a = manager.create(task.activationFloats(), new Shape(task.m, task.k));
    weights = manager.create(task.weightFloats(), new Shape(task.k, task.n));
    results = a.matMul(weights);
  }

  @Override
  public void run() {
    results.close();
    results = a.matMul(weights);
  }

  @Override
  public Verdict check() {
    return Verdict.of(task.floatSums(), results.toFloatArray());
  }

  @Override
  public void close() {
    manager.close();
  }
}
