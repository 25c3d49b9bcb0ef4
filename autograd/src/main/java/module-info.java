import org.jspecify.annotations.NullMarked;

/** Training of networks: tensors with gradients, layers, optimizers, data and the trainer. */
@NullMarked
module io.fixlane.autograd {
  requires static transitive org.jspecify;
  requires transitive io.fixlane.kernels;
  requires transitive io.fixlane.network;

  exports io.fixlane.autograd;
  exports io.fixlane.autograd.data;
  exports io.fixlane.autograd.fixed;
  exports io.fixlane.autograd.layers;
  exports io.fixlane.autograd.models;
  exports io.fixlane.autograd.optim;
  exports io.fixlane.autograd.search;
  exports io.fixlane.autograd.train;
}
