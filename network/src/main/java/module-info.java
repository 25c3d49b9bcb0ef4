import org.jspecify.annotations.NullMarked;

/** Integer networks: layers of fixed-point words, run by the kernels, kept in one file. */
@NullMarked
module io.fixlane.network {
  requires static transitive org.jspecify;
  requires transitive io.fixlane.reference;
  requires transitive io.fixlane.kernels;

  exports io.fixlane.network;
  exports io.fixlane.network.layer;
}
